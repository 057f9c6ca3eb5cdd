import type { ImageBatch } from './image-batch.js';

// Float32 rounding and an activation's last bit are no errors; a wrong scale is off by far more.
const slack = 1e-4;

/**
 * Checks that every sample is a finite number in the batch's range; values outside by no more than rounding (1e-4 of
 * the range) are clipped, in a copy.
 * @param what begins the message: who made the images
 * @throws RangeError in one line: which image and pixel, the value, the range expected
 */
export function checkSamples(batch: ImageBatch, what: string): ImageBatch {
  const { data, range } = batch;
  const [min, max] = range;
  if (data instanceof Uint8Array && min <= 0 && max >= 255) return batch;
  const margin = slack * (max - min);
  let needsClip = false;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    // Written so that NaN fails it too.
    if (value >= min && value <= max) continue;
    if (!(value >= min - margin && value <= max + margin)) throw refuse(batch, i, what);
    needsClip = true;
  }
  if (!needsClip) return batch;
  return { ...batch, data: data.map((value) => Math.min(Math.max(value, min), max)) as ImageBatch['data'] };
}

function refuse({ data, height, width, channels, range }: ImageBatch, i: number, what: string): RangeError {
  const pixel = Math.floor(i / channels);
  const x = pixel % width;
  const y = Math.floor(pixel / width) % height;
  const image = Math.floor(pixel / (width * height));
  const hint = Number.isFinite(data[i]) ? ': give the range that it really has' : '';
  return new RangeError(
    `${what}: image ${image} holds ${data[i]} at (x ${x}, y ${y}), expected values in [${range.join(', ')}]${hint}`,
  );
}
