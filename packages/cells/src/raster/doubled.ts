import type { Raster } from './raster.js';

/** An image of about half the size enlarged to a size, bilinearly: the centre of a pixel is that of 2×2 ones. */
export function doubled(
  { data, width, height }: Raster,
  size: { readonly width: number; readonly height: number },
): Raster {
  const at = (x: number, y: number): number =>
    data[Math.min(Math.max(y, 0), height - 1) * width + Math.min(Math.max(x, 0), width - 1)]!;
  const result = new Float32Array(size.width * size.height);
  for (let y = 0, i = 0; y < size.height; y++) {
    const top = (y - 1) >> 1;
    const q = y % 2 === 0 ? 0.75 : 0.25;
    for (let x = 0; x < size.width; x++, i++) {
      const left = (x - 1) >> 1;
      const p = x % 2 === 0 ? 0.75 : 0.25;
      const above = at(left, top) * (1 - p) + at(left + 1, top) * p;
      const below = at(left, top + 1) * (1 - p) + at(left + 1, top + 1) * p;
      result[i] = above * (1 - q) + below * q;
    }
  }
  return { data: result, width: size.width, height: size.height };
}
