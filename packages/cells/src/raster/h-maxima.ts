import { maximaByKernel } from '../kernels/maxima-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainMaxima } from './plain-maxima.js';
import type { LabelMap, Raster } from './raster.js';

/**
 * The maxima that rise more than `h` above the way to any higher one: regional maxima of the reconstruction of
 * image − h under the image (Soille 2003, section 6.3.4).
 * @param image whole numbers; those up to `floor` are never maxima
 * @param h more than 0
 * @returns one label a maximum
 * @throws RangeError when h is not positive
 */
export function hMaxima(image: Raster<Int32Array>, h: number, floor = 0): LabelMap {
  if (!(h > 0)) throw new RangeError(`hMaxima: h is ${h}, expected more than 0`);
  const step = Math.max(1, Math.round(h));
  const kernels = rasterKernels(image.data.length);
  return kernels ? maximaByKernel(kernels, image, step, floor) : plainMaxima(image, step, floor);
}
