import { checkBatch } from './check-batch.js';
import { checkSamples } from './check-samples.js';
import type { ImageBatch, ValueRange } from './image-batch.js';

/** What plain numbers don't say of themselves. */
export interface ArrayShape {
  readonly height: number;
  readonly width: number;
  /** 1 by default. */
  readonly channels?: 1 | 3;
  /** [0, 255] for Uint8Array and [0, 65535] for Uint16Array by default; floats have no default. */
  readonly range?: ValueRange;
}

/**
 * A typed array, NHWC, as a batch; the array is not copied.
 * @throws TypeError when floats come without a range
 * @throws RangeError when the length is no whole number of images, or a value is NaN, infinite or out of range
 * @example batchFromArray(new Uint8Array(2 * 64 * 64), { height: 64, width: 64 }).count // => 2
 */
export function batchFromArray(
  data: ImageBatch['data'],
  { height, width, channels = 1, range }: ArrayShape,
): ImageBatch {
  const size = height * width * channels;
  const count = data.length / size;
  if (!Number.isInteger(count)) {
    throw new RangeError(
      `batchFromArray: ${data.length} samples, expected a multiple of ${size} (${width}×${height}×${channels})`,
    );
  }
  const batch = { data, count, height, width, channels, range: range ?? integerRange(data) };
  return checkSamples(checkBatch(batch), 'batchFromArray');
}

function integerRange(data: ImageBatch['data']): ValueRange {
  if (data instanceof Uint8Array) return [0, 255];
  if (data instanceof Uint16Array) return [0, 65535];
  throw new TypeError('batchFromArray: float samples need a range, such as [0, 1] or [-1, 1]');
}
