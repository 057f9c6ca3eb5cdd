import type { ResampleWeights } from './bicubic-weights.js';

/** Images of one size, and the weights of a resize along both axes. */
export interface ResizePlan {
  /** count×height×width×channels values in [0, 255]. */
  readonly input: Float32Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly channels: number;
  readonly across: ResampleWeights;
  readonly down: ResampleWeights;
}

/** A separable resize, clipped to [0, 255], for where there is no WebAssembly. */
export function resizePlainly(plan: ResizePlan): Float32Array<ArrayBuffer> {
  const { input, count, channels, across, down } = plan;
  const inputLength = input.length / count;
  const rowLength = across.first.length * channels;
  const length = down.first.length * rowLength;
  const data = new Float32Array(count * length);
  const rows = new Float32Array(plan.height * rowLength);
  for (let i = 0; i < count; i++) {
    resizeRows(input.subarray(i * inputLength, (i + 1) * inputLength), rows, across, channels);
    resizeColumns(rows, data.subarray(i * length, (i + 1) * length), down, rowLength);
  }
  clip(data);
  return data;
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
