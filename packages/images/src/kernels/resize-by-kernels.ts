import { placeArrays } from '@plateau/numerics/wasm';
import type { ResampleWeights } from '../bicubic-weights.js';
import type { ResizePlan } from '../resize-plainly.js';
import { resizeKernels } from './resize-kernels.js';

/**
 * The resize of `resizePlainly` in WebAssembly: the same values.
 * @returns undefined where it can't be done
 */
export function resizeByKernels(plan: ResizePlan): Float32Array<ArrayBuffer> | undefined {
  const { input, count, height, width, channels, across, down } = plan;
  const inputLength = height * width * channels;
  const rowLength = across.first.length * channels;
  const length = down.first.length * rowLength;
  const sizes = [
    ...axisSizes(across),
    ...axisSizes(down),
    4 * inputLength,
    16 * width * channels,
    // The loops go up to three values past an end.
    4 * (height * rowLength + 4),
    4 * (length + 4),
  ];
  const kernels = resizeKernels(sizes.reduce((sum, size) => sum + size, 0));
  if (!kernels) return undefined;
  const addresses = placeArrays(kernels, sizes);
  const { buffer } = kernels.memory;
  const columns = writeAxis(buffer, addresses, across);
  const lines = writeAxis(buffer, addresses.slice(3), down);
  const [image, pair, rows, output] = addresses.slice(6) as [number, number, number, number];
  const pixels = new Float32Array(buffer, image, inputLength);
  const resized = new Float32Array(buffer, output, length);
  const data = new Float32Array(count * length);
  for (let i = 0; i < count; i++) {
    pixels.set(input.subarray(i * inputLength, (i + 1) * inputLength));
    kernels.resizeRows(image, height, width, channels, rows, across.first.length, ...columns, pair);
    kernels.resizeColumns(rows, rowLength, output, down.first.length, ...lines);
    data.set(resized, i * length);
  }
  return data;
}

function axisSizes({ first, length, weights }: ResampleWeights): number[] {
  return [first.byteLength, length.byteLength, weights.byteLength];
}

/** Puts the weights of an axis at the first three addresses; returns what the kernels are told of them. */
function writeAxis(
  buffer: ArrayBuffer,
  addresses: readonly number[],
  { first, length, weights, stride }: ResampleWeights,
): [first: number, length: number, weights: number, stride: number] {
  const [firstAddress, lengthAddress, weightsAddress] = addresses as [number, number, number];
  new Int32Array(buffer, firstAddress).set(first);
  new Int32Array(buffer, lengthAddress).set(length);
  new Float64Array(buffer, weightsAddress, weights.length).set(weights);
  return [firstAddress, lengthAddress, weightsAddress, stride];
}
