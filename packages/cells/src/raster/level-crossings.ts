import { crossingsByKernel } from '../kernels/crossings-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainCrossings, type LevelCrossings } from './plain-crossings.js';
import type { Raster } from './raster.js';

/**
 * How long the contour of each grey level is, in pixel sides, and how steep the image is along it, summed up over those sides.
 * Every other row is read.
 * @param image grey levels of 0 to 255
 * @returns of each level from 0 to 256
 */
export function levelCrossings(image: Raster): LevelCrossings {
  const kernels = rasterKernels(image.data.length);
  const { slopes, lengths } = kernels ? crossingsByKernel(kernels, image) : plainCrossings(image);
  for (let level = 1; level < slopes.length; level++) {
    slopes[level]! += slopes[level - 1]!;
    lengths[level]! += lengths[level - 1]!;
  }
  return { slopes, lengths };
}
