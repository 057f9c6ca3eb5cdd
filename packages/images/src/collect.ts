import { concatBatches } from './concat-batches.js';
import type { ImageBatch } from './image-batch.js';
import type { ImageSource } from './image-source.js';
import { sliceBatch } from './slice-batch.js';

/** How much `collect` takes. */
export interface CollectOptions {
  /** Stop after this many images; all by default. */
  readonly limit?: number;
}

/**
 * All images of a source, or the first `limit`, as one batch in memory.
 * @throws RangeError when the source gives no image
 */
export async function collect(source: ImageSource, { limit = Infinity }: CollectOptions = {}): Promise<ImageBatch> {
  const batches: ImageBatch[] = [];
  let left = limit;
  for await (const batch of source) {
    batches.push(sliceBatch(batch, 0, Math.min(batch.count, left)));
    left -= batch.count;
    if (left <= 0) break;
  }
  if (batches.length === 0) throw new RangeError(`${source.id} gives no images`);
  return concatBatches(batches);
}
