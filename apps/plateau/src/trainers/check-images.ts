import type * as tfjs from '@tensorflow/tfjs';
import type { NetworkShape } from './network-options.js';
import { takeValue } from './take-value.js';

/**
 * Refuses images that the networks were not built for.
 * @throws RangeError for another size or number of channels, fewer images than a batch, or values outside [-1, 1]
 */
export async function checkImages(images: tfjs.Tensor4D, shape: NetworkShape, batchSize: number): Promise<void> {
  const { size, channels } = shape;
  checkImageShape(images, shape);
  if (images.shape[0] < batchSize) {
    throw new RangeError(
      `got ${images.shape[0]} images of ${size}×${size}, expected at least one batch of ${batchSize}: ` +
        `give more images or a smaller batchSize`,
    );
  }
  const [min, max] = (await Promise.all([images.min(), images.max()].map(takeValue))) as [number, number];
  if (!(min >= -1 && max <= 1)) {
    throw new RangeError(
      `got images with values from ${min} to ${max} and ${channels} channels, expected -1 (black) to 1 (white)`,
    );
  }
}

/** @throws RangeError unless the tensor is a batch of size×size images with the right number of channels */
export function checkImageShape(images: tfjs.Tensor4D, { size, channels }: NetworkShape): void {
  const [count, height, width, depth] = images.shape;
  if (images.rank !== 4 || height !== size || width !== size || depth !== channels || count === 0) {
    throw new RangeError(
      `got images of shape [${images.shape.join(', ')}], expected [n, ${size}, ${size}, ${channels}]: ` +
        `resize them or create the trainer with their size and channels`,
    );
  }
}
