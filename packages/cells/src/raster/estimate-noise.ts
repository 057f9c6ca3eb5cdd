import { planeResidualSumByKernel } from '../kernels/differences-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainResidualSum } from './plane-residual.js';
import type { Raster } from './raster.js';

/**
 * Standard deviation of the noise of an image (Immerkær 1996): the mean absolute response of a mask that is blind to
 * planes, so that structure counts little.
 * @returns in the image's own unit; 0 when the image has no inner pixel
 */
export function estimateNoise({ data, width, height }: Raster<ArrayLike<number>>): number {
  if (width < 3 || height < 3) return 0;
  const kernels = rasterKernels(data.length);
  const image = { data: data instanceof Float32Array ? data : new Float32Array(data), width, height };
  const sum = kernels ? planeResidualSumByKernel(kernels, image) : plainResidualSum(image);
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2));
}
