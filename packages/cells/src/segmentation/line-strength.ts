import { gaussianBlur } from '../raster/gaussian-blur.js';
import type { Raster } from '../raster/raster.js';

const SCALES = [0.8, 1.3];

/**
 * Strength of dark lines at each pixel, 0 to 1: the second derivative across them, normalised by scale (Lindeberg 1998), at
 * the scale at which it is greatest. ½ is half the mean over the image, each pixel weighted by its own strength.
 */
export function lineStrength(image: Raster<ArrayLike<number>>): Raster {
  const { width, height } = image;
  const strongest = new Float32Array(width * height);
  for (const sigma of SCALES) {
    const { data } = acrossLines(image, sigma);
    for (let i = 0; i < data.length; i++) if (data[i]! > strongest[i]!) strongest[i] = data[i]!;
  }
  const { sum, squares } = powerSums(strongest);
  const half = sum > 0 ? (0.5 * squares) / sum : 1;
  return { data: strongest.map((value) => value / (value + half)), width, height };
}

// Of the strength at twice the scale, and more: lines of a pixel or two.
const FINE = 0.75;

/** Whether lines are so fine that they are better looked for in the image of twice the size. */
export function hasFineLines(image: Raster<ArrayLike<number>>): boolean {
  const [fine, coarse] = [1, 2].map((sigma) => powerSums(acrossLines(image, sigma).data).squares);
  return fine! > FINE * FINE * coarse!;
}

/** The greater eigenvalue of the second derivatives, where it is above 0; the outermost pixels are as those beside them. */
function acrossLines(image: Raster<ArrayLike<number>>, sigma: number): Raster {
  const { data, width, height } = gaussianBlur(image, sigma);
  const across = new Float32Array(data.length);
  const scale = sigma * sigma;
  for (let y = 1; y + 1 < height; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const xx = data[i - 1]! + data[i + 1]! - 2 * data[i]!;
      const yy = data[i - width]! + data[i + width]! - 2 * data[i]!;
      const xy = (data[i - width - 1]! + data[i + width + 1]! - data[i - width + 1]! - data[i + width - 1]!) / 4;
      const value = (xx + yy + Math.sqrt((xx - yy) * (xx - yy) + 4 * xy * xy)) / 2;
      if (value > 0) across[i] = value * scale;
    }
    across[y * width] = across[y * width + 1]!;
    across[(y + 1) * width - 1] = across[(y + 1) * width - 2]!;
  }
  if (height > 2) {
    across.copyWithin(0, width, 2 * width);
    across.copyWithin((height - 1) * width, (height - 2) * width, (height - 1) * width);
  }
  return { data: across, width, height };
}

function powerSums(values: Float32Array): { sum: number; squares: number } {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    sum += values[i]!;
    squares += values[i]! * values[i]!;
  }
  return { sum, squares };
}
