import { bicubicWeights, type ResampleWeights } from './bicubic-weights.js';
import { checkBatch } from './check-batch.js';
import { convertRange } from './convert-range.js';
import type { ImageBatch } from './image-batch.js';

/** The size to resize to. */
export interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/**
 * Clean-fid's resize (Parmar, Zhang and Zhu 2022): Pillow's antialiased bicubic in float32, channel by channel, never
 * rounded to 8 bit, clipped to [0, 255] at the end. Within 1e-4 of a grey level of Pillow's mode F.
 *
 * Whatever the batch's range, it is scaled to [0, 255] first. The sides are stretched independently, nothing is cropped.
 * @returns float32 images in [0, 255], as many channels as before
 * @throws RangeError when a side is no whole number of 1 or more
 * @example
 * const step = { data: Uint8Array.of(0, 255), count: 1, height: 1, width: 2, channels: 1, range: [0, 255] } as const;
 * resizeClean(step, { height: 1, width: 4 }).data // => Float32Array [0, 52.82, 202.18, 255], to two decimals
 */
export function resizeClean(
  batch: ImageBatch,
  { height, width }: ImageSize,
): ImageBatch & { readonly data: Float32Array } {
  for (const [name, side] of Object.entries({ height, width })) {
    if (!Number.isInteger(side) || side < 1) {
      throw new RangeError(`resizeClean: ${name} is ${side}, expected a whole number of 1 or more`);
    }
  }
  const { count, channels, height: inputHeight, width: inputWidth } = checkBatch(batch);
  const input = convertRange(batch, [0, 255]).data;
  const inputLength = inputHeight * inputWidth * channels;
  const length = height * width * channels;
  const data = new Float32Array(count * length);
  const across = bicubicWeights(inputWidth, width);
  const down = bicubicWeights(inputHeight, height);
  const rows = new Float32Array(inputHeight * width * channels);
  for (let i = 0; i < count; i++) {
    resizeRows(input.subarray(i * inputLength, (i + 1) * inputLength), rows, across, channels);
    resizeColumns(rows, data.subarray(i * length, (i + 1) * length), down, width * channels);
  }
  clip(data);
  return { ...batch, data, height, width, range: [0, 255] };
}

// Both passes sum in double precision and store float32, as Pillow does.

function resizeRows(input: Float32Array, output: Float32Array, resample: ResampleWeights, channels: number): void {
  const { first, length, weights, stride } = resample;
  const width = first.length;
  const rowCount = output.length / (width * channels);
  const inputRow = input.length / rowCount;
  for (let y = 0; y < rowCount; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * inputRow + first[x]! * channels;
      const taps = length[x]!;
      for (let c = 0; c < channels; c++) {
        let sum = 0;
        for (let k = 0; k < taps; k++) sum += weights[x * stride + k]! * input[from + k * channels + c]!;
        output[(y * width + x) * channels + c] = sum;
      }
    }
  }
}

function resizeColumns(input: Float32Array, output: Float32Array, resample: ResampleWeights, rowLength: number): void {
  const { first, length, weights, stride } = resample;
  const sums = new Float64Array(rowLength);
  for (let y = 0; y < first.length; y++) {
    sums.fill(0);
    for (let k = 0; k < length[y]!; k++) {
      const weight = weights[y * stride + k]!;
      const from = (first[y]! + k) * rowLength;
      for (let x = 0; x < rowLength; x++) sums[x]! += weight * input[from + x]!;
    }
    output.set(sums, y * rowLength);
  }
}

function clip(data: Float32Array): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < 0) data[i] = 0;
    else if (value > 255) data[i] = 255;
  }
}
