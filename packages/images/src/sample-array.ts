import type { ImageBatch } from './image-batch.js';

/** An empty array of the same kind as `like`. */
export function sampleArray(like: ImageBatch['data'], length: number): ImageBatch['data'] {
  if (like instanceof Uint8Array) return new Uint8Array(length);
  if (like instanceof Uint16Array) return new Uint16Array(length);
  return new Float32Array(length);
}
