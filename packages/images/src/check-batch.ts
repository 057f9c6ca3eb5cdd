import type { ImageBatch } from './image-batch.js';

/**
 * Checks that a batch is what its fields say: sizes that are whole, an array of that length, a range that is one.
 * Sample values are not looked at.
 * @returns the batch, so that a call can stand where the batch is used
 * @throws RangeError naming the field, what was got and what was expected
 */
export function checkBatch(batch: ImageBatch): ImageBatch {
  const { data, count, height, width, channels, range } = batch;
  for (const [name, value, least] of [
    ['count', count, 0],
    ['height', height, 1],
    ['width', width, 1],
  ] as const) {
    if (!Number.isInteger(value) || value < least) {
      throw new RangeError(`image batch: ${name} is ${value}, expected a whole number of ${least} or more`);
    }
  }
  if (channels !== 1 && channels !== 3) {
    throw new RangeError(`image batch: channels is ${channels}, expected 1 (grey) or 3 (RGB)`);
  }
  const expected = count * height * width * channels;
  if (data.length !== expected) {
    throw new RangeError(
      `image batch: ${data.length} samples, expected ${expected} for ${count} images of ${width}×${height}×${channels}`,
    );
  }
  if (!(range[0] < range[1] && Number.isFinite(range[1] - range[0]))) {
    throw new RangeError(`image batch: range is [${range.join(', ')}], expected [min, max] with min below max`);
  }
  return batch;
}
