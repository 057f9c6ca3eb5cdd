import { gaussianBlur } from '../raster/gaussian-blur.js';
import { HALVING_VARIANCE, halved } from '../raster/halved.js';
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
export function lineStrength(image: Raster): Raster {
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
export function hasFineLines(image: Raster): boolean {
  const fine = powerSums(acrossLines(image, 1)).squares;
  const isFineBeside = (coarse: number): boolean => fine > FINE * FINE * coarse;
  // Differences between pixels of half the size lie below the curvature: lines that are not fine beside that are not at all.
  return isFineBeside(strengthOfHalf(image)) && isFineBeside(powerSums(acrossLines(image, 2)).squares);
}

/** The squared strengths at scale 2, from the image of half the size. */
function strengthOfHalf(image: Raster): number {
  const smoothed = gaussianBlur(halved(image), Math.sqrt(2 ** 2 - HALVING_VARIANCE) / 2);
  return 4 * powerSums(lineCurvature(smoothed, 1).data).squares;
}

/** How strongly lines stand out at a scale. */
function acrossLines(image: Raster, sigma: number): Float32Array {
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
