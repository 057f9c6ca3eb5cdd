import { describe, expect, it } from 'vitest';
import { largestDifference, onBackend, tf, values } from './backends.js';

describe('matMul agrees with the cpu backend', () => {
  it.each([
    { a: [17, 5], b: [5, 33], transposeA: false, transposeB: false },
    { a: [5, 17], b: [5, 33], transposeA: true, transposeB: false },
    { a: [17, 5], b: [33, 5], transposeA: false, transposeB: true },
    { a: [5, 17], b: [33, 5], transposeA: true, transposeB: true },
    { a: [1, 5, 17], b: [1, 33, 5], transposeA: true, transposeB: true },
    { a: [3, 5, 7], b: [3, 5, 4], transposeA: true, transposeB: false },
    { a: [3, 5, 7], b: [1, 5, 4], transposeA: true, transposeB: false },
  ])('$a by $b, transposed: $transposeA, $transposeB', async ({ a, b, transposeA, transposeB }) => {
    const difference = await largestDifference(() =>
      tf.matMul(values(a, 1) as tf.Tensor2D, values(b, 2) as tf.Tensor2D, transposeA, transposeB),
    );
    expect(difference).toBeLessThan(1e-5);
  });
});

describe('tile', () => {
  // The expected values are the definition: element i of an axis of length n is element i mod n of the input.
  it.each([
    { shape: [3], reps: [4] },
    { shape: [2, 3], reps: [1, 3] },
    { shape: [2, 3], reps: [4, 1] },
    { shape: [2, 1, 3], reps: [3, 5, 2] },
    { shape: [1, 1, 1, 5], reps: [2, 3, 4, 1] },
    { shape: [2, 2], reps: [1, 1] },
    { shape: [2, 2], reps: [0, 1] },
  ])('repeats $shape by $reps', async ({ shape, reps }) => {
    const size = shape.reduce((product, n) => product * n, 1);
    const [tiled] = await onBackend('wasm', () => tf.tile(tf.reshape(tf.range(0, size), shape), reps));
    expect(tiled!.shape).toEqual(shape.map((n, axis) => n * reps[axis]!));
    expect(tiled!.values).toEqual(tiled!.values.map((_, flat) => sourceIndex(flat, tiled!.shape, shape)));
  });

  it.each(['int32', 'bool'] as const)('keeps the type %s', async (dtype) => {
    await tf.setBackend('wasm');
    tf.tidy(() => {
      const tiled = tf.tile(tf.tensor1d([1, 0], dtype), [2]);
      expect(tiled.dtype).toBe(dtype);
      expect([...tiled.dataSync()].map(Number)).toEqual([1, 0, 1, 0]);
    });
  });
});

/** Position in a tensor of `shape` of the value that belongs at position `flat` of its tiling with shape `tiled`. */
function sourceIndex(flat: number, tiled: readonly number[], shape: readonly number[]): number {
  let index = 0;
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index += ((flat % tiled[axis]!) % shape[axis]!) * stride;
    flat = Math.floor(flat / tiled[axis]!);
    stride *= shape[axis]!;
  }
  return index;
}

describe('unsortedSegmentSum', () => {
  it('adds the rows of each segment and leaves out ids without one', async () => {
    const [sums] = await onBackend('wasm', () =>
      tf.unsortedSegmentSum(
        tf.tensor2d([
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ]),
        tf.tensor1d([2, 0, 2, 9], 'int32'),
        3,
      ),
    );
    expect(sums).toEqual({ shape: [3, 2], values: [3, 4, 0, 0, 6, 8] });
  });
});
