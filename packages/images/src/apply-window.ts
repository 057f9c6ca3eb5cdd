import { checkBatch } from './check-batch.js';
import type { ImageBatch, ValueRange } from './image-batch.js';

/**
 * Stretches a window of values to [0, 255] and clips what lies outside: 16-bit micrographs often use a small part of their range,
 * and would look black to a network. State the same window for all sets that are compared.
 * @param window in the units of the batch's range
 * @returns float32 images in [0, 255]
 * @throws RangeError when the window is no [low, high] with low below high
 * @example
 * const batch = { data: Uint16Array.of(900, 2000, 5000), count: 1, height: 1, width: 3, channels: 1, range: [0, 65535] } as const;
 * applyWindow(batch, [1000, 3000]).data // => Float32Array [0, 127.5, 255]
 */
export function applyWindow(batch: ImageBatch, window: ValueRange): ImageBatch & { readonly data: Float32Array } {
  const [low, high] = window;
  if (!(low < high && Number.isFinite(high - low))) {
    throw new RangeError(`applyWindow: the window is [${window.join(', ')}], expected [low, high] with low below high`);
  }
  const { data } = checkBatch(batch);
  const scale = 255 / (high - low);
  const stretched = Float32Array.from(data, (value) => Math.min(Math.max((value - low) * scale, 0), 255));
  return { ...batch, data: stretched, range: [0, 255] };
}
