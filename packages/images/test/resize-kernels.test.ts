import { expect, it } from 'vitest';
import { bicubicWeights } from '../src/bicubic-weights.js';
import { resizeByKernels } from '../src/kernels/resize-by-kernels.js';
import { resizePlainly, type ResizePlan } from '../src/resize-plainly.js';

interface Case {
  readonly from: readonly [height: number, width: number];
  readonly to: readonly [height: number, width: number];
  readonly channels: number;
  readonly count: number;
}

function plan({ from: [height, width], to, channels, count }: Case): ResizePlan {
  // Steps of 255 ring below 0 and above 255, so that clipping is part of it.
  const input = Float32Array.from({ length: count * height * width * channels }, (_, i) =>
    (i * 48271) % 7 < 3 ? 255 : ((i * 16807) % 2551) / 10,
  );
  return {
    input,
    count,
    height,
    width,
    channels,
    across: bicubicWeights(width, to[1]),
    down: bicubicWeights(height, to[0]),
  };
}

it.each<Case>([
  { from: [7, 9], to: [13, 11], channels: 1, count: 1 },
  { from: [8, 5], to: [3, 17], channels: 3, count: 2 },
  { from: [61, 40], to: [10, 7], channels: 1, count: 3 },
  { from: [1, 1], to: [5, 2], channels: 3, count: 1 },
  { from: [33, 2], to: [1, 1], channels: 1, count: 1 },
])('WebAssembly gives the bits of the plain loops: %o', (one) => {
  const resized = resizeByKernels(plan(one))!;
  expect(resized).toEqual(resizePlainly(plan(one)));
  expect(resized.length).toBe(one.count * one.to[0] * one.to[1] * one.channels);
});

it('a resize that would keep too much memory is left to the plain loops', () => {
  const huge = plan({ from: [1, 1], to: [4096, 4096], channels: 1, count: 1 });
  expect(resizeByKernels(huge)).toBeUndefined();
});
