import { gaussianBlur } from '../raster/gaussian-blur.js';
import type { Raster } from '../raster/raster.js';

/** The finest structure of an image. */
export interface LineScale {
  /** Standard deviation in pixels at which the scale-normalised Laplacian responds most. */
  readonly sigma: number;
  /** Skewness of that response: above 0 for dark lines, below for bright ones. */
  readonly skewness: number;
}

/** Finds the scale and the sign of lines by the scale-normalised Laplacian of Gaussian (Lindeberg 1998). */
export function lineScale(image: Raster): LineScale {
  let best = { sigma: 1, skewness: 0 };
  let strongest = 0;
  for (let sigma = 1; sigma < 6; sigma *= Math.SQRT2) {
    const { deviation, skewness } = laplacianMoments(gaussianBlur(image, sigma));
    const response = deviation * sigma * sigma;
    // Noise alone responds most at the finest scale; a coarser maximum is structure.
    if (response > strongest) {
      strongest = response;
      best = { sigma, skewness };
    } else break;
  }
  return best;
}

function laplacianMoments({ data, width, height }: Raster): { deviation: number; skewness: number } {
  let [n, squares, cubes] = [0, 0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const value = data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]! - 4 * data[i]!;
      n++;
      squares += value * value;
      cubes += value * value * value;
    }
  }
  const deviation = Math.sqrt(squares / Math.max(n, 1));
  return { deviation, skewness: deviation > 0 ? cubes / n / deviation ** 3 : 0 };
}
