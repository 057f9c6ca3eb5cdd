import { checkBatch } from './check-batch.js';
import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/**
 * One batch of all the images, in order.
 * @throws RangeError when there is none, or when two differ in size, channels, range or kind of array
 */
export function concatBatches(batches: readonly ImageBatch[]): ImageBatch {
  const [first] = batches;
  if (!first) throw new RangeError('concatBatches: no batch was given, expected one or more');
  batches.forEach((batch, i) => requireAlike(first, checkBatch(batch), i));
  const count = batches.reduce((sum, batch) => sum + batch.count, 0);
  const data = sampleArray(first.data, count * first.height * first.width * first.channels);
  let offset = 0;
  for (const batch of batches) {
    data.set(batch.data, offset);
    offset += batch.data.length;
  }
  return { ...first, data, count };
}

function requireAlike(first: ImageBatch, batch: ImageBatch, i: number): void {
  const expected = kind(first);
  const got = kind(batch);
  if (got !== expected) {
    throw new RangeError(`concatBatches: batch ${i} holds ${got}, batch 0 holds ${expected}; make them alike first`);
  }
}

function kind({ data, height, width, channels, range }: ImageBatch): string {
  return `${width}×${height}×${channels} images, ${data.constructor.name} in [${range.join(', ')}]`;
}
