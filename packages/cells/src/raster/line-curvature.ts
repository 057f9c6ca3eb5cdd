import { curvatureByKernel } from '../kernels/curvature-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainCurvature } from './plain-curvature.js';
import type { Raster } from './raster.js';

/**
 * The greater eigenvalue of the second derivatives, where it is above 0, times a scale: how strongly an image bends upwards
 * across dark lines. The outermost pixels are as those beside them.
 */
export function lineCurvature({ data, width, height }: Raster, scale: number): Raster {
  const kernels = rasterKernels(data.length);
  const across = kernels
    ? curvatureByKernel(kernels, data, width, height, scale)
    : plainCurvature(data, width, height, scale);
  for (let y = 1; y + 1 < height; y++) {
    across[y * width] = across[y * width + 1]!;
    across[(y + 1) * width - 1] = across[(y + 1) * width - 2]!;
  }
  if (height > 2) {
    across.copyWithin(0, width, 2 * width);
    across.copyWithin((height - 1) * width, (height - 2) * width, (height - 1) * width);
  }
  return { data: across, width, height };
}
