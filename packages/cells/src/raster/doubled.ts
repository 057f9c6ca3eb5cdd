import type { Raster } from './raster.js';

/** Twice the size, linear between the middles of pixels. */
export function doubled({ data, width, height }: Raster<ArrayLike<number>>): Raster {
  const result = new Float32Array(4 * width * height);
  for (let y = 0, i = 0; y < 2 * height; y++) {
    const row = (y >> 1) * width;
    const other = Math.min(Math.max((y >> 1) + (y & 1 ? 1 : -1), 0), height - 1) * width;
    for (let x = 0; x < 2 * width; x++, i++) {
      const near = x >> 1;
      const far = Math.min(Math.max(near + (x & 1 ? 1 : -1), 0), width - 1);
      result[i] = (9 * data[row + near]! + 3 * data[row + far]! + 3 * data[other + near]! + data[other + far]!) / 16;
    }
  }
  return { data: result, width: 2 * width, height: 2 * height };
}
