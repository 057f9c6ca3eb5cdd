import type { Raster } from './raster.js';

/** Sums of the squares and of the cubes of the Laplacian (4 neighbours) over an image's inner pixels, without WebAssembly. */
export function plainLaplacianSums({ data, width, height }: Raster): { squares: number; cubes: number } {
  let [squares, cubes] = [0, 0];
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const value = data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]! - 4 * data[i]!;
      squares += value * value;
      cubes += value * value * value;
    }
  }
  return { squares, cubes };
}
