import type { Raster } from './raster.js';

/** Sum of the squares of the Laplacian (4 neighbours) over an image's inner pixels, without WebAssembly. */
export function plainLaplacianSquares({ data, width, height }: Raster): number {
  let squares = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const value = data[i - 1]! + data[i + 1]! + data[i - width]! + data[i + width]! - 4 * data[i]!;
      squares += value * value;
    }
  }
  return squares;
}
