import type { ImageBatch, ValueRange } from './image-batch.js';

/**
 * The same images as float32 on another scale: the old least value becomes the new one, the greatest likewise.
 * @param range the new scale: `[0, 1]`, `[-1, 1]`, `[0, 255]`, …
 * @example convertRange({ data: Uint8Array.of(0, 255), count: 1, height: 1, width: 2, channels: 1, range: [0, 255] }, [-1, 1]).data
 * // => Float32Array [-1, 1]
 */
export function convertRange(batch: ImageBatch, range: ValueRange): ImageBatch & { readonly data: Float32Array } {
  const [from, to] = batch.range;
  const [min, max] = range;
  const scale = (max - min) / (to - from);
  const { data } = batch;
  const result = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = (data[i]! - from) * scale + min;
  return { ...batch, data: result, range };
}
