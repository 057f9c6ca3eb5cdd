import { residualCountsByKernel } from '../kernels/differences-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainResidualCounts } from './plane-residual.js';
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
export function medianNoise(image: Raster): number {
  const kernels = rasterKernels(image.data.length);
  const counts = kernels ? residualCountsByKernel(kernels, image, BINS) : plainResidualCounts(image, BINS);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return 0;
  let bin = 0;
  let below = 0;
  while (below + counts[bin]! < total / 2) below += counts[bin++]!;
  const median = bin - 0.5 + (total / 2 - below) / counts[bin]!;
  return Math.max(0, median) / (6 * NORMAL_MEDIAN);
}
