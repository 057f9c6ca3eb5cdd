import { convertRange } from './convert-range.js';
import type { ImageBatch } from './image-batch.js';
import { resizeClean, type ImageSize } from './resize-clean.js';
import { toUint8 } from './to-uint8.js';

/** 8- or 16-bit images resized with `resizeClean` and rounded to the depth they had. */
export function resizeToDepth(batch: ImageBatch, size: ImageSize): ImageBatch {
  if (batch.height === size.height && batch.width === size.width) return batch;
  const resized = resizeClean(batch, size);
  if (batch.data instanceof Uint8Array) return toUint8(resized);
  const { data, range } = convertRange(resized, [0, 65535]);
  return { ...resized, data: Uint16Array.from(data, (value) => Math.floor(value + 0.5)), range };
}
