import { laplacianSquaresByKernel } from '../kernels/differences-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { HALVING_VARIANCE, halved } from '../raster/halved.js';
import { plainLaplacianSquares } from '../raster/plain-laplacian.js';
import type { Raster } from '../raster/raster.js';

const COARSEST = 4 * Math.SQRT2;
// What is smoothed by so many pixels is in the image of half the size too.
const HALVED_FROM = 2;

/**
 * Finds the scale of an image's finest structure by the scale-normalised Laplacian of Gaussian (Lindeberg 1998). Each scale is
 * smoothed from the one before.
 * @param coarsest where the search ends; 4√2 pixels by default
 * @returns the standard deviation in pixels at which the response is greatest
 */
export function lineScale(image: Raster, { coarsest = COARSEST } = {}): number {
  let best = 1;
  let strongest = 0;
  let smoothed = image;
  let variance = 0;
  let pixel = 1;
  for (let sigma = 1; sigma <= coarsest * 1.001; sigma *= Math.SQRT2) {
    smoothed = gaussianBlur(smoothed, Math.sqrt(sigma * sigma - variance) / pixel);
    variance = sigma * sigma;
    const response = laplacianDeviation(smoothed) * (sigma / pixel) ** 2;
    // Noise alone responds most at the finest scale; a coarser maximum is structure.
    if (response <= strongest) break;
    [best, strongest] = [sigma, response];
    if (pixel === 1 && sigma >= 0.999 * HALVED_FROM) {
      smoothed = halved(smoothed);
      variance += HALVING_VARIANCE;
      pixel = 2;
    }
  }
  return best;
}

function laplacianDeviation(image: Raster): number {
  const kernels = rasterKernels(image.data.length);
  const squares = kernels ? laplacianSquaresByKernel(kernels, image) : plainLaplacianSquares(image);
  return Math.sqrt(squares / Math.max(1, (image.width - 2) * (image.height - 2)));
}
