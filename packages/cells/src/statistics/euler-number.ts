import type { Mask } from '../raster/raster.js';

/**
 * The Euler number of a mask: components less holes, 8-connected, by counting 2×2 patterns (Gray 1971).
 * @example eulerNumber({ data: Uint8Array.of(1, 0, 1), width: 3, height: 1 }) // => 2
 */
export function eulerNumber({ data, width, height }: Mask): number {
  let quarters = 0;
  for (let y = 0; y <= height; y++) {
    const hasUpper = y > 0;
    const hasLower = y < height;
    const upper = (y - 1) * width;
    const lower = y * width;
    let a = 0;
    let c = 0;
    for (let x = 0; x <= width; x++) {
      const b = hasUpper && x < width && data[upper + x] ? 1 : 0;
      const d = hasLower && x < width && data[lower + x] ? 1 : 0;
      const sum = a + b + c + d;
      if (sum === 1) quarters += 1;
      else if (sum === 3) quarters -= 1;
      else if (sum === 2 && a === d) quarters -= 2;
      a = b;
      c = d;
    }
  }
  return quarters / 4;
}
