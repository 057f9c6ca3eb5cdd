import type { FeatureExtractor } from '@plateau/features';
import type { ImageBatch } from '@plateau/images';
import { sliceBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';

/** How a pass over images is watched and ended. */
export interface ExtractOptions {
  /** Told how many more images have been embedded. */
  readonly onImages?: (count: number) => void;
  /** Ends the pass between two steps, by throwing the signal's reason. */
  readonly signal?: AbortSignal;
  /** Images per step. Default 16. */
  readonly step?: number;
}

/**
 * Embeds every image of a source, or of one batch, as a row of an n×d matrix.
 * @throws RangeError when there is no image
 */
export async function extractFeatures(
  images: AsyncIterable<ImageBatch> | ImageBatch,
  extractor: FeatureExtractor,
  { onImages, signal, step = 16 }: ExtractOptions = {},
): Promise<Matrix> {
  const parts: Matrix[] = [];
  // Two steps at a time: the extractor prepares the images of one while the network runs on the other.
  let ahead: Promise<void> = Promise.resolve();
  const batches = Symbol.asyncIterator in images ? images : [images];
  for await (const batch of batches) {
    for (let start = 0; start < batch.count; start += step) {
      signal?.throwIfAborted();
      const end = Math.min(start + step, batch.count);
      const features = extractor.extract(sliceBatch(batch, start, end));
      // Told when its turn comes; until then nobody waits for it.
      features.catch(() => {});
      await ahead;
      ahead = features.then((part) => {
        parts.push(part);
        onImages?.(end - start);
      });
      ahead.catch(() => {});
    }
  }
  await ahead;
  return stack(parts, extractor.dimension);
}

function stack(parts: readonly Matrix[], cols: number): Matrix {
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  if (rows === 0) throw new RangeError('no images to embed: the source is empty');
  const data = new Float32Array(rows * cols);
  let offset = 0;
  for (const part of parts) {
    data.set(part.data, offset);
    offset += part.data.length;
  }
  return { data, rows, cols };
}
