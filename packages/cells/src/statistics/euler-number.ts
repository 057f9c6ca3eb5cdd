import type { Mask } from '../raster/raster.js';

/**
 * The Euler number of a mask: components less holes, 8-connected, by counting 2×2 patterns (Gray 1971).
 * @example eulerNumber({ data: Uint8Array.of(1, 0, 1), width: 3, height: 1 }) // => 2
 */
export function eulerNumber({ data, width, height }: Mask): number {
  const at = (x: number, y: number): number =>
    x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]! && 1;
  let quarters = 0;
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      const [a, b, c, d] = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      const sum = a + b + c + d;
      if (sum === 1) quarters += 1;
      else if (sum === 3) quarters -= 1;
      else if (sum === 2 && a === d) quarters -= 2;
    }
  }
  return quarters / 4;
}
