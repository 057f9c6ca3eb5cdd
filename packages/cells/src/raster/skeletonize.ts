import { rasterKernels } from '../kernels/raster-kernels.js';
import { thinByKernel } from '../kernels/thin-kernel.js';
import { plainSkeletonize } from './plain-skeletonize.js';
import type { Mask } from './raster.js';

/**
 * Thins a mask to lines one pixel wide that hang together as the mask does (Guo and Hall 1989, parallel thinning in two
 * subiterations). What lies beyond the image counts as outside.
 */
export function skeletonize(mask: Mask): Mask {
  const { data, width, height } = mask;
  const kernels = rasterKernels(data.length);
  return kernels ? { data: thinByKernel(kernels, data, width, height), width, height } : plainSkeletonize(mask);
}
