import { distancesByKernel } from '../kernels/distance-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { columnDistances, plainSquaredDistance, rowEnvelopes } from './plain-distance.js';
import type { Mask, Raster } from './raster.js';

/** How far distances are told. */
export interface DistanceOptions {
  /** The greatest squared distance: what is farther away has this; (width + height)² by default. Less is found faster. */
  readonly most?: number;
}

/**
 * The exact squared Euclidean distance from each pixel of a mask to the nearest pixel outside it (Meijster, Roerdink and
 * Hesselink 2000): a pass down the columns, then the lower envelope of parabolas along each row. Whole numbers throughout.
 *
 * What lies beyond the image counts as inside, as in scipy's `distance_transform_edt`. A mask without any outside pixel
 * has distance (width + height)² everywhere.
 * @returns 0 outside the mask
 * @example squaredDistance({ data: Uint8Array.of(1, 1, 0), width: 3, height: 1 }).data // => Int32Array [4, 1, 0]
 */
export function squaredDistance(
  mask: Mask,
  { most = (mask.width + mask.height) ** 2 }: DistanceOptions = {},
): Raster<Int32Array> {
  const { data, width, height } = mask;
  const kernels = rasterKernels(data.length);
  const distances = kernels
    ? distancesByKernel(kernels, data, mask, { far: width + height, most })
    : plainSquaredDistance(mask, most);
  return { data: distances, width, height };
}

/**
 * The exact Euclidean distance: the square root of `squaredDistance`.
 * @example euclideanDistance({ data: Uint8Array.of(1, 1, 0), width: 3, height: 1 }).data // => Float32Array [2, 1, 0]
 */
export function euclideanDistance(mask: Mask): Raster {
  const { data, width, height } = squaredDistance(mask);
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = Math.sqrt(data[i]!);
  return { data: result, width, height };
}

/**
 * The nearest pixel outside a mask, for each pixel, with `squaredDistance`.
 * @returns indices of pixels, a pixel's own outside the mask; −1 everywhere when there is no pixel outside
 */
export function nearestOutside(mask: Mask): { readonly nearest: Int32Array; readonly squared: Int32Array } {
  const { data, width, height } = mask;
  const columns = columnDistances(mask);
  const sites = new Int32Array(data.length);
  const squared = rowEnvelopes(columns, width, height, sites);
  const far = width + height;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const site = sites[i]!;
      const down = columns[y * width + site]!;
      if (squared[i] === far * far) sites[i] = -1;
      // The nearest in its column is above or below: where it is, the column's distance is 0.
      else
        sites[i] =
          y - down >= 0 && columns[(y - down) * width + site] === 0
            ? i - x + site - down * width
            : i - x + site + down * width;
    }
  }
  return { nearest: sites, squared };
}
