import { gaussianBlur } from '../raster/gaussian-blur.js';
import { lineCurvature } from '../raster/line-curvature.js';
import { medianNoise } from '../raster/median-noise.js';
import type { Raster } from '../raster/raster.js';

const SCALES = [0.8, 1.3];

// Of white noise with standard deviation 1, the standard deviation of the normalised second derivative at scale 1: the root of
// σ⁴∬G″² for a Gaussian G. At scale σ it is 1/σ of that.
const NOISE_RESPONSE = Math.sqrt(3 / (16 * Math.PI));

/**
 * Strength of dark lines at each pixel, 0 to 1: the second derivative across them, normalised by scale (Lindeberg 1998), less
 * what the image's noise gives by itself, at the scale at which it is greatest. ½ is half the mean over the image, each pixel weighted by its own strength.
 */
export function lineStrength(image: Raster<ArrayLike<number>>): Raster {
  const { width, height } = image;
  const strongest = new Float32Array(width * height);
  const noise = NOISE_RESPONSE * medianNoise(image);
  for (const sigma of SCALES) {
    const data = acrossLines(image, sigma);
    const ofNoise = noise / sigma;
    for (let i = 0; i < data.length; i++) {
      const strength = data[i]! - ofNoise;
      if (strength > strongest[i]!) strongest[i] = strength;
    }
  }
  const { sum, squares } = powerSums(strongest);
  const half = sum > 0 ? (0.5 * squares) / sum : 1;
  for (let i = 0; i < strongest.length; i++) strongest[i] = strongest[i]! / (strongest[i]! + half);
  return { data: strongest, width, height };
}

// Of the strength at twice the scale, and more: lines of a pixel or two.
const FINE = 0.75;

/** Whether lines are so fine that they are better looked for in the image of twice the size. */
export function hasFineLines(image: Raster<ArrayLike<number>>): boolean {
  const [fine, coarse] = [1, 2].map((sigma) => powerSums(acrossLines(image, sigma)).squares);
  return fine! > FINE * FINE * coarse!;
}

/** How strongly lines stand out at a scale. */
function acrossLines(image: Raster<ArrayLike<number>>, sigma: number): Float32Array {
  return lineCurvature(gaussianBlur(image, sigma), sigma * sigma).data;
}

function powerSums(values: Float32Array): { sum: number; squares: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  return { sum, squares };
}
