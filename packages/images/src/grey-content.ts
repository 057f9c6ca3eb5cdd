import type { ImageBatch } from './image-batch.js';

/**
 * Whether no pixel has a colour: one channel, or three that are equal everywhere.
 * @example isGrey({ data: Uint8Array.of(9, 9, 9), count: 1, height: 1, width: 1, channels: 3, range: [0, 255] }) // => true
 */
export function isGrey({ data, channels }: ImageBatch): boolean {
  if (channels === 1) return true;
  for (let i = 0; i < data.length; i += 3) {
    if (data[i] !== data[i + 1] || data[i] !== data[i + 2]) return false;
  }
  return true;
}
