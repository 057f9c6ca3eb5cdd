import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/**
 * The same images with three channels: grey is copied into each, RGB is returned as it is.
 * @example toRgb({ data: Uint8Array.of(7), count: 1, height: 1, width: 1, channels: 1, range: [0, 255] }).data
 * // => Uint8Array [7, 7, 7]
 */
export function toRgb(batch: ImageBatch): ImageBatch & { readonly channels: 3 } {
  const { data, channels } = batch;
  if (channels === 3) return { ...batch, channels };
  const result = sampleArray(data, data.length * 3);
  for (let i = 0; i < data.length; i++) result.fill(data[i]!, 3 * i, 3 * i + 3);
  return { ...batch, data: result, channels: 3 };
}
