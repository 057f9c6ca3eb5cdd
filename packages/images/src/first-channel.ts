import type { ImageBatch } from './image-batch.js';
import { sampleArray } from './sample-array.js';

/** The first channel of every pixel: the grey value where all three are equal. */
export function firstChannel(batch: ImageBatch): ImageBatch {
  const { data, channels } = batch;
  if (channels === 1) return batch;
  const result = sampleArray(data, data.length / channels);
  for (let i = 0; i < result.length; i++) result[i] = data[i * channels]!;
  return { ...batch, data: result, channels: 1 };
}
