import { checkBatch } from './check-batch.js';
import type { ImageBatch } from './image-batch.js';
import type { ImageSource, Length } from './image-source.js';
import { sliceBatch } from './slice-batch.js';

/** What the images of a source in memory are, and how they are handed out. */
export interface ArraySourceOptions {
  /** `array` by default. */
  readonly id?: string;
  /** Most images a batch; 32 by default. */
  readonly batchSize?: number;
  /** One an image. */
  readonly labels?: readonly string[];
  readonly pixelSize?: Length;
}

/** A source whose number of images is known. */
export interface CountedImageSource extends ImageSource {
  readonly count: number;
}

/**
 * Images in memory as a source; nothing is copied, so leave the arrays as they are while it is used.
 * @param images one batch, or several: then no batch handed out crosses from one into the next
 * @throws RangeError when a batch is not what its fields say, or the labels are not one an image
 */
export function arraySource(
  images: ImageBatch | readonly ImageBatch[],
  { id = 'array', batchSize = 32, labels, pixelSize }: ArraySourceOptions = {},
): CountedImageSource {
  const batches: readonly ImageBatch[] = 'data' in images ? [images] : images;
  const count = batches.reduce((sum, batch) => sum + checkBatch(batch).count, 0);
  if (!Number.isInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`arraySource: batchSize is ${batchSize}, expected a whole number of 1 or more`);
  }
  if (labels && labels.length !== count) {
    throw new RangeError(`arraySource: ${labels.length} labels for ${count} images, expected one an image`);
  }
  return {
    id,
    count,
    ...(labels && { labels }),
    ...(pixelSize && { pixelSize }),
    async *[Symbol.asyncIterator]() {
      for (const batch of batches) {
        for (let start = 0; start < batch.count; start += batchSize) {
          yield sliceBatch(batch, start, start + batchSize);
        }
      }
    },
  };
}
