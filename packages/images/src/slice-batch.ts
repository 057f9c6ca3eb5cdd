import type { ImageBatch } from './image-batch.js';

/**
 * Images `start` up to, not including, `end`; their samples are a view, not a copy.
 * Bounds beyond the batch are drawn in, as `Array.prototype.slice` does; negative ones are refused.
 * @throws RangeError when a bound is negative or not whole
 */
export function sliceBatch(batch: ImageBatch, start: number, end: number = batch.count): ImageBatch {
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(end) || end < 0) {
    throw new RangeError(`sliceBatch: bounds are ${start} and ${end}, expected whole numbers of 0 or more`);
  }
  const last = Math.min(end, batch.count);
  const first = Math.min(start, last);
  const size = batch.height * batch.width * batch.channels;
  return { ...batch, data: batch.data.subarray(first * size, last * size), count: last - first };
}
