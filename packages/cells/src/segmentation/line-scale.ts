import { laplacianSumsByKernel } from '../kernels/differences-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { HALVING_VARIANCE, halved } from '../raster/halved.js';
import { plainLaplacianSums } from '../raster/plain-laplacian.js';
import type { Raster } from '../raster/raster.js';

/** The finest structure of an image. */
export interface LineScale {
  /** Standard deviation in pixels at which the scale-normalised Laplacian responds most. */
  readonly sigma: number;
  /** Skewness of the response at finer scales, where it is most skewed: above 0 for dark lines, below for bright ones. */
  readonly skewness: number;
}

const COARSEST = 4 * Math.SQRT2;
// What is smoothed by so many pixels is in the image of half the size too.
const HALVED_FROM = 2;

/**
 * Finds the scale and the sign of lines by the scale-normalised Laplacian of Gaussian (Lindeberg 1998). Each scale is
 * smoothed from the one before.
 * @param coarsest where the search ends; 4√2 pixels by default
 */
export function lineScale(image: Raster, { coarsest = COARSEST } = {}): LineScale {
  let best = { sigma: 1, skewness: 0 };
  let strongest = 0;
  let finer = 0;
  let smoothed = image;
  let variance = 0;
  let pixel = 1;
  for (let sigma = 1; sigma <= coarsest * 1.001; sigma *= Math.SQRT2) {
    smoothed = gaussianBlur(smoothed, Math.sqrt(sigma * sigma - variance) / pixel);
    variance = sigma * sigma;
    const { deviation, skewness } = laplacianMoments(smoothed);
    const response = deviation * (sigma / pixel) ** 2;
    // Noise alone responds most at the finest scale; a coarser maximum is structure.
    if (response > strongest) {
      strongest = response;
      // The strongest scale sees the cells as much as the lines between them, and may be skewed either way.
      best = { sigma, skewness: sigma > 1 ? finer : skewness };
      if (Math.abs(skewness) > Math.abs(finer)) finer = skewness;
    } else break;
    if (pixel === 1 && sigma >= 0.999 * HALVED_FROM) {
      smoothed = halved(smoothed);
      variance += HALVING_VARIANCE;
      pixel = 2;
    }
  }
  return best;
}

function laplacianMoments(image: Raster): { deviation: number; skewness: number } {
  const kernels = rasterKernels(image.data.length);
  const { squares, cubes } = kernels ? laplacianSumsByKernel(kernels, image) : plainLaplacianSums(image);
  const n = Math.max(1, (image.width - 2) * (image.height - 2));
  const deviation = Math.sqrt(squares / n);
  return { deviation, skewness: deviation > 0 ? cubes / n / deviation ** 3 : 0 };
}
