import { expect } from 'vitest';
import { inputOf } from '../src/network/network.js';
import { plainForward } from './plain-forward.js';
import { everyNode, scaledImages, trainedLookingWeights } from './small-networks.js';

const { height, width, channels } = inputOf(everyNode);
const length = height * width * channels;

/** Two images through every kind of node; expected values from {@link plainForward}, which shares no code with the engines. */
export const count = 2;
export const shape: [number, number, number, number] = [count, height, width, channels];
export const weights = trainedLookingWeights(everyNode);
export const images = scaledImages({ count, length });
export const expected = Array.from({ length: count }, (_, i) =>
  plainForward(everyNode, weights, images.subarray(i * length, (i + 1) * length)),
).flat();

/** Within float32 rounding: 1e-5 of the largest value. */
export function expectClose(actual: ArrayLike<number>, reference: readonly number[]): void {
  expect(actual.length).toBe(reference.length);
  const tolerance = 1e-5 * Math.max(...reference.map(Math.abs));
  const worst = Math.max(...reference.map((value, i) => Math.abs(value - actual[i]!)));
  expect(worst).toBeLessThan(tolerance);
}

/** From NHWC to NCHW, three channels. */
export function channelsFirst(pixels: Float32Array, options: { count: number }): Float32Array {
  const size = pixels.length / (options.count * 3);
  const result = new Float32Array(pixels.length);
  for (let image = 0; image < options.count; image++) {
    for (let pixel = 0; pixel < size; pixel++) {
      for (let c = 0; c < 3; c++) result[(image * 3 + c) * size + pixel] = pixels[(image * size + pixel) * 3 + c]!;
    }
  }
  return result;
}
