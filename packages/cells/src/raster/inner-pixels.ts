import { innerPixelsByKernel } from '../kernels/neighbours-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainInnerPixels } from './plain-inner-pixels.js';
import type { LabelMap } from './raster.js';

/** 0 on pixels beside another region. */
export function innerPixels(regions: LabelMap): Uint8Array {
  const kernels = rasterKernels(regions.data.length);
  return kernels ? innerPixelsByKernel(kernels, regions) : plainInnerPixels(regions);
}
