import { bytesByKernel } from '../kernels/pixels-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainBytes } from './plain-bytes.js';
import type { Raster } from './raster.js';

/** Grey levels rounded to whole ones, halves up, and cut off to 0 to 255. */
export function toBytes({ data }: Raster): Uint8Array {
  const kernels = rasterKernels(data.length);
  return kernels ? bytesByKernel(kernels, data) : plainBytes(data);
}
