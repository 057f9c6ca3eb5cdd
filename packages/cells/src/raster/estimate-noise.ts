import { planeResidual } from './plane-residual.js';
import type { Raster } from './raster.js';

/**
 * Standard deviation of the noise of an image (Immerkær 1996): the mean absolute response of a mask that is blind to
 * planes, so that structure counts little.
 * @returns in the image's own unit; 0 when the image has no inner pixel
 */
export function estimateNoise({ data, width, height }: Raster<ArrayLike<number>>): number {
  if (width < 3 || height < 3) return 0;
  let sum = 0;
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      sum += Math.abs(planeResidual(data, y * width + x, width));
    }
  }
  return (Math.sqrt(Math.PI / 2) * sum) / (6 * (width - 2) * (height - 2));
}
