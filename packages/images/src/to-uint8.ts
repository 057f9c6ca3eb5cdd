import type { ImageBatch } from './image-batch.js';

/**
 * The same images in 8 bit: scaled to [0, 255], clipped, rounded half up.
 * @example toUint8({ data: Float32Array.of(-1, 0, 1), count: 1, height: 1, width: 3, channels: 1, range: [-1, 1] }).data
 * // => Uint8Array [0, 128, 255]
 */
export function toUint8(batch: ImageBatch): ImageBatch & { readonly data: Uint8Array } {
  const { data, range } = batch;
  const [from, to] = range;
  if (data instanceof Uint8Array && from === 0 && to === 255) return { ...batch, data };
  const scale = 255 / (to - from);
  const result = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    result[i] = Math.floor(Math.min(Math.max((data[i]! - from) * scale, 0), 255) + 0.5);
  }
  return { ...batch, data: result, range: [0, 255] };
}
