import { rasterKernels } from '../kernels/raster-kernels.js';
import { touchingPixelsByKernel } from '../kernels/touching-kernel.js';
import { plainTouchingPixels } from './plain-touching.js';
import type { LabelMap } from './raster.js';

/**
 * The pixels, in reading order, that touch another region to the right or below.
 * @param withCorners also those that are the upper left of 2×2 pixels with two regions at opposite corners
 * @returns indices of pixels
 */
export function touchingPixels(regions: LabelMap, { withCorners = false } = {}): Int32Array {
  const kernels = rasterKernels(regions.data.length);
  return kernels ? touchingPixelsByKernel(kernels, regions, withCorners) : plainTouchingPixels(regions, withCorners);
}
