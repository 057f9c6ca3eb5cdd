import { planeResidual } from './plane-residual.js';
import type { Raster } from './raster.js';

// Of the standard normal distribution: the median of its absolute values.
const NORMAL_MEDIAN = 0.6745;

const BINS = 2048;

/**
 * Standard deviation of the noise of an image by the median response to Immerkær's mask (1996): half of the pixels may lie on
 * structure. Pixels without a response are left out; they are clipped.
 * @param image values in [0, 255]
 * @returns in the image's own unit; 0 when no pixel responds
 */
export function medianNoise({ data, width, height }: Raster<ArrayLike<number>>): number {
  const counts = new Int32Array(BINS);
  let total = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      const residual = Math.abs(planeResidual(data, i, width));
      if (residual === 0) continue;
      counts[Math.min(BINS - 1, Math.round(residual))]!++;
      total++;
    }
  }
  if (total === 0) return 0;
  let bin = 0;
  let below = 0;
  while (below + counts[bin]! < total / 2) below += counts[bin++]!;
  const median = bin - 0.5 + (total / 2 - below) / counts[bin]!;
  return Math.max(0, median) / (6 * NORMAL_MEDIAN);
}
