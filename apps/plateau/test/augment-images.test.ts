import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { RandomState } from '@plateau/numerics';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { beforeAll, describe, expect, it } from 'vitest';
import { augmentImages, type Augmentation } from '../src/trainers/augment-images.js';

beforeAll(async () => {
  registerTrainingKernels(tf);
  await tf.setBackend('wasm');
});

/** The first image of a batch of two as augmented, beside what went in. */
function augmented(kinds: readonly Augmentation[], seed: number, size = 16, channels = 1) {
  const images = tf.randomUniform([2, size, size, channels], 0.1, 1, 'float32', 4) as tf.Tensor4D;
  const changed = augmentImages(tf, images, new RandomState(seed), kinds);
  return [images, changed].map((tensor) =>
    (tensor.arraySync() as number[][][][])[0]!.map((row) => row.map(([v]) => v!)),
  );
}

describe('augmentImages', () => {
  it('moves an image by up to an eighth and fills with 0', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 20; seed++) {
      const [before, after] = augmented(['translation'], seed) as [number[][], number[][]];
      const dy =
        after.findIndex((row) => row.some((value) => value !== 0)) ||
        after.findLastIndex((row) => row.some(Boolean)) - 15;
      const columns = after[0]!.map((_, x) => after.some((row) => row[x] !== 0));
      const dx = columns.indexOf(true) || columns.lastIndexOf(true) - 15;
      seen.add(`${dy},${dx}`);
      expect(Math.max(Math.abs(dy), Math.abs(dx))).toBeLessThanOrEqual(2);
      after.forEach((row, y) => row.forEach((value, x) => expect(value).toBeCloseTo(before[y - dy]?.[x - dx] ?? 0, 6)));
    }
    expect(seen.size).toBeGreaterThan(5);
  });

  it('cuts a square of half the side', () => {
    for (let seed = 0; seed < 10; seed++) {
      const [before, after] = augmented(['cutout'], seed) as [number[][], number[][]];
      const cut = after.flat().filter((value) => value === 0).length;
      expect(cut).toBeGreaterThanOrEqual(16); // a quarter of the square, where its middle is a corner of the image
      expect(cut).toBeLessThanOrEqual(64);
      after.flat().forEach((value, i) => expect([0, before.flat()[i]]).toContain(value));
    }
  });

  it('changes brightness and contrast of grey linearly, and nothing else', () => {
    const [before, after] = augmented(['color'], 3).map((rows) => rows.flat());
    const slope = (after![1]! - after![0]!) / (before![1]! - before![0]!);
    expect(slope).toBeGreaterThan(0.5);
    expect(slope).toBeLessThan(1.5);
    after!.forEach((value, i) => expect(value - after![0]!).toBeCloseTo(slope * (before![i]! - before![0]!), 4));
  });

  it('takes three channels', () => {
    const [before, after] = augmented(['color'], 3, 8, 3);
    expect(after).not.toEqual(before);
  });

  it('is the same from the same seed, and nothing without kinds', () => {
    expect(augmented(['color', 'cutout'], 5)).toEqual(augmented(['color', 'cutout'], 5));
    const [before, after] = augmented([], 5);
    expect(after).toEqual(before);
  });

  it('lets gradients through: the slope of the sum is the share of each pixel that is left', () => {
    const slope = tf.tidy(() => {
      const images = tf.ones([1, 16, 16, 1]) as tf.Tensor4D;
      const kept = (batch: tf.Tensor) =>
        tf.sum(augmentImages(tf, batch as tf.Tensor4D, new RandomState(2), ['translation', 'cutout']));
      return [tf.sum(tf.grad(kept)(images)).dataSync()[0], kept(images).dataSync()[0]];
    });
    expect(slope[0]).toBe(slope[1]); // of ones, the sum counts the pixels that are left, as the gradient does
    expect(slope[0]).toBeLessThan(256);
  });
});
