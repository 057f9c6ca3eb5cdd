import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/**
 * The same images with one channel: luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, rounded for whole-number samples.
 * Grey is returned as it is.
 * @example toGrey({ data: Uint8Array.of(255, 0, 0), count: 1, height: 1, width: 1, channels: 3, range: [0, 255] }).data
 * // => Uint8Array [76]
 */
export function toGrey(batch: ImageBatch): ImageBatch & { readonly channels: 1 } {
  const { data, channels } = batch;
  if (channels === 1) return { ...batch, channels };
  const result = sampleArray(data, data.length / 3);
  const half = data instanceof Float32Array ? 0 : 0.5;
  for (let i = 0; i < result.length; i++) {
    // In thousandths, so that a grey pixel keeps its value exactly.
    result[i] = (299 * data[3 * i]! + 587 * data[3 * i + 1]! + 114 * data[3 * i + 2]!) / 1000 + half;
  }
  return { ...batch, data: result, channels: 1 };
}
