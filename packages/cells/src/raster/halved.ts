import { halvedByKernel } from '../kernels/pixels-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainHalved } from './plain-halved.js';
import type { Raster } from './raster.js';

/** What taking means over 2×2 pixels adds to the variance of a blur, in square pixels of the whole size. */
export const HALVING_VARIANCE = 0.25;

/** Half the size: means of 2×2 pixels; an odd last row or column is left out, if it is not the only one. */
export function halved(image: Raster<ArrayLike<number>>): Raster {
  const { data, width, height } = image;
  const kernels = rasterKernels(data.length);
  // A row or column alone is the plain loops' own.
  if (!kernels || !(data instanceof Float32Array) || width < 2 || height < 2) return plainHalved(image);
  return { data: halvedByKernel(kernels, { data, width, height }), width: width >> 1, height: height >> 1 };
}
