import { signedDistancesByKernel } from '../kernels/distance-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import type { DistanceOptions } from './distance-transform.js';
import { plainSignedDistance } from './plain-distance.js';
import type { Mask, Raster } from './raster.js';

/**
 * `squaredDistance` of a mask less that of what is outside it, in one pass: above 0 on pixels inside, below 0 on those outside.
 * @param mask 0 and 1
 * @example signedSquaredDistance({ data: Uint8Array.of(1, 1, 0), width: 3, height: 1 }).data // => Int32Array [4, 1, -1]
 */
export function signedSquaredDistance(
  mask: Mask,
  { most = (mask.width + mask.height) ** 2 }: DistanceOptions = {},
): Raster<Int32Array> {
  const { data, width, height } = mask;
  const kernels = rasterKernels(data.length);
  const distances = kernels
    ? signedDistancesByKernel(kernels, data, mask, { far: width + height, most })
    : plainSignedDistance(mask, most);
  return { data: distances, width, height };
}
