import type { Mask, Raster } from './raster.js';

/**
 * The exact squared Euclidean distance from each pixel of a mask to the nearest pixel outside it (Meijster, Roerdink and
 * Hesselink 2000): a pass down the columns, then the lower envelope of parabolas along each row. Whole numbers throughout.
 *
 * What lies beyond the image counts as inside, as in scipy's `distance_transform_edt`. A mask without any outside pixel
 * has distance (width + height)² everywhere.
 * @returns 0 outside the mask
 * @example squaredDistance({ data: Uint8Array.of(1, 1, 0), width: 3, height: 1 }).data // => Int32Array [4, 1, 0]
 */
export function squaredDistance({ data, width, height }: Mask): Raster<Int32Array> {
  const far = width + height;
  const columns = columnDistances(data, width, height, far);
  const result = new Int32Array(width * height);
  const sites = new Int32Array(width);
  const starts = new Int32Array(width);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let last = 0;
    sites[0] = 0;
    starts[0] = 0;
    for (let x = 1; x < width; x++) {
      const g = columns[row + x]!;
      const own = g * g;
      while (last >= 0) {
        const site = sites[last]!;
        const start = starts[last]!;
        const other = columns[row + site]!;
        if ((start - site) * (start - site) + other * other <= (start - x) * (start - x) + own) break;
        last--;
      }
      if (last < 0) {
        last = 0;
        sites[0] = x;
        continue;
      }
      const site = sites[last]!;
      const other = columns[row + site]!;
      const start = 1 + Math.floor((x * x - site * site + own - other * other) / (2 * (x - site)));
      if (start < width) {
        last++;
        sites[last] = x;
        starts[last] = start;
      }
    }
    for (let x = width - 1; x >= 0; x--) {
      const site = sites[last]!;
      const g = columns[row + site]!;
      result[row + x] = Math.min((x - site) * (x - site) + g * g, far * far);
      if (x === starts[last]) last--;
    }
  }
  return { data: result, width, height };
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

function columnDistances(data: Uint8Array, width: number, height: number, far: number): Int32Array {
  const distances = new Int32Array(width * height);
  for (let x = 0; x < width; x++) distances[x] = data[x] ? far : 0;
  for (let i = width; i < distances.length; i++) distances[i] = data[i] ? Math.min(distances[i - width]! + 1, far) : 0;
  for (let i = distances.length - width - 1; i >= 0; i--) {
    if (distances[i + width]! < distances[i]!) distances[i] = distances[i + width]! + 1;
  }
  return distances;
}
