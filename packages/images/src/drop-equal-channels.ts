import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/** RGB without a colour as one channel, other images as they are. In one pass: it is done for every file that is read. */
export function dropEqualChannels(batch: ImageBatch): ImageBatch {
  const { data, channels } = batch;
  if (channels === 1) return batch;
  const grey = sampleArray(data, data.length / 3);
  for (let i = 0, at = 0; i < grey.length; i++, at += 3) {
    const value = data[at]!;
    if (data[at + 1] !== value || data[at + 2] !== value) return batch;
    grey[i] = value;
  }
  return { ...batch, data: grey, channels: 1 };
}
