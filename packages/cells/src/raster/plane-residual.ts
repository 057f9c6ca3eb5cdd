import type { Raster } from './raster.js';

/**
 * Response at an inner pixel to the mask 1 −2 1 / −2 4 −2 / 1 −2 1 (Immerkær 1996), which is blind to planes. Of white noise it
 * has 6 times the standard deviation.
 * @param i index of the pixel
 */
export function planeResidual(data: ArrayLike<number>, i: number, width: number): number {
  const corners = data[i - width - 1]! + data[i - width + 1]! + data[i + width - 1]! + data[i + width + 1]!;
  const sides = data[i - width]! + data[i + width]! + data[i - 1]! + data[i + 1]!;
  return corners - 2 * sides + 4 * data[i]!;
}

/** Sum of the absolute responses of an image's inner pixels, without WebAssembly. */
export function plainResidualSum({ data, width, height }: Raster): number {
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) sum += Math.abs(planeResidual(data, i, width));
  }
  return sum;
}

/** How many of an image's inner pixels have each absolute response, rounded, halves up; without WebAssembly. */
export function plainResidualCounts({ data, width, height }: Raster, bins: number): Int32Array {
  const counts = new Int32Array(bins);
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const residual = Math.abs(planeResidual(data, i, width));
      if (residual > 0) counts[Math.min(bins - 1, Math.floor(residual + 0.5))]!++;
    }
  }
  return counts;
}
