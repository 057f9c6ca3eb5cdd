import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { functionSampler, modelSampler, SampleError } from '../src/monitor/sampler.js';

function generatorModel(outputs: number[] = [4, 4, 1]): tf.Sequential {
  const units = outputs.reduce((a, b) => a * b);
  return tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: outputs }),
    ],
  });
}

describe('modelSampler', () => {
  it('draws the same latents every epoch and leaves no tensor behind', async () => {
    const model = generatorModel();
    const sample = modelSampler(tf, model, 3, [-1, 1], 7, 4);
    const before = tf.memory().numTensors;
    const first = await sample(10, 0);
    const second = await sample(10, 1);
    expect(tf.memory().numTensors).toBe(before);
    expect([first.count, first.height, first.width, first.channels]).toEqual([10, 4, 4, 1]);
    expect(second.data).toEqual(first.data);
    expect(new Set(first.data).size).toBeGreaterThan(100);
  });

  it('frees the tensor of a generator that returns the wrong shape', async () => {
    const sample = modelSampler(tf, generatorModel([4, 4, 2]), 3, [-1, 1], 7);
    const before = tf.memory().numTensors;
    await expect(sample(5, 0)).rejects.toThrow(
      'the generator returned shape [5, 4, 4, 2], expected [5, height, width, 1 or 3]',
    );
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('functionSampler', () => {
  it('owns and frees the tensor', async () => {
    const before = tf.memory().numTensors;
    const batch = await functionSampler((count) => tf.zeros([count, 2, 2, 3]), [-1, 1], 0)(6, 0);
    expect([batch.count, batch.channels]).toEqual([6, 3]);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('tells samples that are not finite from samples out of range', async () => {
    const values = Float32Array.from({ length: 3 * 4 }, (_, index) => (index === 9 ? NaN : 0));
    const sample = functionSampler(() => tf.tensor4d(values, [3, 2, 2, 1]), [-1, 1], 0);
    const error = await sample(3, 0).catch((reason: unknown) => reason as SampleError);
    expect(error).toBeInstanceOf(SampleError);
    expect((error as SampleError).message).toContain('sample 2 holds NaN');
    expect((error as SampleError).diverged).toBe(true);
  });

  it('refuses values outside the range and says which range it expected', async () => {
    const sample = functionSampler((count) => tf.fill([count, 2, 2, 1], 200), [-1, 1], 0);
    await expect(sample(3, 0)).rejects.toThrow(/200.*\[-1, 1\]/);
  });
});
