import { encode } from 'fast-png';
import { checkBatch } from './check-batch.js';
import type { ImageBatch } from './image-batch.js';
import { sliceBatch } from './slice-batch.js';
import { toUint8 } from './to-uint8.js';

/**
 * One image of a batch as the bytes of a PNG file: 16 bit when its samples are 16 bit in [0, 65535], 8 bit otherwise.
 * @param index which image; the first by default
 * @throws RangeError when there is no such image
 */
export function encodePng(batch: ImageBatch, index = 0): Uint8Array {
  const { count, height, width, channels } = checkBatch(batch);
  if (!Number.isInteger(index) || index < 0 || index >= count) {
    throw new RangeError(`encodePng: image ${index} was asked of a batch of ${count}`);
  }
  const image = sliceBatch(batch, index, index + 1);
  const isDeep = image.data instanceof Uint16Array && image.range[0] === 0 && image.range[1] === 65535;
  const data = isDeep ? (image.data as Uint16Array) : toUint8(image).data;
  return encode({ data, width, height, channels, depth: isDeep ? 16 : 8 }, { zlib: { level: 6 } });
}
