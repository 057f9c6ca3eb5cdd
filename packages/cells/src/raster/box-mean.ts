import type { Raster } from './raster.js';

/**
 * The mean over a square window of side 2·radius + 1, cut off at the image's border (fewer pixels, no padding).
 * Running sums: the cost does not depend on the radius.
 */
export function boxMean({ data, width, height }: Raster<ArrayLike<number>>, radius: number): Raster {
  const rows = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(radius, width); x++) sum += data[start + x]!;
    for (let x = 0; x < width; x++) {
      if (x + radius < width) sum += data[start + x + radius]!;
      if (x - radius - 1 >= 0) sum -= data[start + x - radius - 1]!;
      rows[start + x] = sum / (Math.min(x + radius, width - 1) - Math.max(x - radius, 0) + 1);
    }
  }
  const result = new Float32Array(width * height);
  const sums = new Float64Array(width);
  for (let y = 0; y < Math.min(radius, height); y++) for (let x = 0; x < width; x++) sums[x]! += rows[y * width + x]!;
  for (let y = 0; y < height; y++) {
    const coming = y + radius < height ? (y + radius) * width : -1;
    const leaving = y - radius - 1 >= 0 ? (y - radius - 1) * width : -1;
    const count = Math.min(y + radius, height - 1) - Math.max(y - radius, 0) + 1;
    for (let x = 0; x < width; x++) {
      if (coming >= 0) sums[x]! += rows[coming + x]!;
      if (leaving >= 0) sums[x]! -= rows[leaving + x]!;
      result[y * width + x] = sums[x]! / count;
    }
  }
  return { data: result, width, height };
}
