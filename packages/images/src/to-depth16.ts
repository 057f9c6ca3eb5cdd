import type { ImageBatch } from './image-batch.js';

/** 8-bit images in 16 bit, 255 becoming 65535; 16-bit ones as they are. */
export function toDepth16(batch: ImageBatch): ImageBatch {
  if (batch.data instanceof Uint16Array) return batch;
  return { ...batch, data: Uint16Array.from(batch.data, (value) => value * 257), range: [0, 65535] };
}
