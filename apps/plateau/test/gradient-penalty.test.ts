import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { beforeAll, describe, expect, it } from 'vitest';
import { gradientPenalty } from '../src/trainers/gradient-penalty.js';
import { leakyReluLayer } from '../src/trainers/leaky-relu-layer.js';
import { patchDiscriminator } from '../src/trainers/patch-discriminator.js';
import { networkShape } from '../src/trainers/network-options.js';

beforeAll(async () => {
  registerTrainingKernels(tf);
  await tf.setBackend('wasm');
});

const half = () => tf.fill([3], 0.5) as tf.Tensor1D;
const noise = (seed: number) => tf.randomNormal([3, 16, 16, 1], 0, 1, 'float32', seed) as tf.Tensor4D;

describe('gradientPenalty', () => {
  it('of a linear critic is (|w| − 1)², wherever it is taken', () => {
    const w = 0.25; // 256 pixels of slope 0.25: length 4
    const critic = (images: tf.Tensor4D) => tf.mul(w, tf.sum(images, [1, 2, 3]));
    expect(gradientPenalty(tf, critic, noise(1), noise(2), half()).dataSync()[0]).toBeCloseTo(9, 4);
  });

  it('is taken between the images: at the shares that are given', () => {
    const critic = (images: tf.Tensor4D) => tf.sum(tf.square(images), [1, 2, 3]); // slope 2x
    const [reference, generated] = [tf.fill([1, 1, 1, 1], 3), tf.fill([1, 1, 1, 1], 1)] as tf.Tensor4D[];
    const penalty = gradientPenalty(tf, critic, reference!, generated!, tf.tensor1d([0.25]));
    expect(penalty.dataSync()[0]).toBeCloseTo((2 * 1.5 - 1) ** 2, 5);
  });

  it('has gradients of second order through the critic’s network, the same on wasm as on cpu', async () => {
    const slopes: Float32Array[][] = [];
    for (const backend of ['wasm', 'cpu']) {
      await tf.setBackend(backend);
      let seed = 1;
      const shape = networkShape({ size: 16, width: 4 }, { latentDim: 4 });
      const model = patchDiscriminator(tf, shape, () => seed++, { twiceDifferentiable: true });
      const critic = (images: tf.Tensor4D) => tf.mean(model.apply(images, { training: true }) as tf.Tensor, [1, 2, 3]);
      const variables = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
      const { grads } = tf.variableGrads(() => gradientPenalty(tf, critic, noise(1), noise(2), half()), variables);
      slopes.push(
        variables.filter(({ name }) => name in grads).map(({ name }) => grads[name]!.dataSync() as Float32Array),
      );
    }
    await tf.setBackend('wasm');
    const [wasm, cpu] = slopes;
    expect(wasm!.length).toBe(7); // four kernels, three biases: the last bias has no part in slopes
    wasm!.forEach((values, i) => values.forEach((value, j) => expect(value).toBeCloseTo(cpu![i]![j]!, 5)));
    expect(wasm!.some((values) => values.some((value) => Math.abs(value) > 1e-4))).toBe(true);
  });

  it('agrees in its gradient with finite differences, where the critic is smooth', () => {
    const filter = tf.variable(tf.randomNormal([3, 3, 1, 2], 0, 0.5, 'float32', 3) as tf.Tensor4D);
    const critic = (images: tf.Tensor4D) => tf.sum(tf.softplus(tf.conv2d(images, filter, 2, 'same')), [1, 2, 3]);
    const penalty = () => gradientPenalty(tf, critic, noise(1), noise(2), half());
    const slope = tf.variableGrads(penalty, [filter]).grads[filter.name]!.dataSync()[4]!;
    const values = filter.dataSync().slice();
    const at = (change: number) => {
      filter.assign(
        tf.tensor4d(
          values.map((value, i) => (i === 4 ? value + change : value)),
          [3, 3, 1, 2],
        ),
      );
      return penalty().dataSync()[0]!;
    };
    const measured = (at(0.01) - at(-0.01)) / 0.02;
    expect(Math.abs(slope - measured)).toBeLessThan(0.01 * Math.abs(measured));
  });
});

describe('leakyReluLayer', () => {
  it('is x above 0 and alpha times x below, as tfjs’s', () => {
    const x = tf.tensor1d([-2, -0.5, 0.5, 2]);
    const mine = leakyReluLayer(tf, 0.2).apply(x) as tf.Tensor;
    expect([...mine.dataSync()]).toEqual([...tf.leakyRelu(x, 0.2).dataSync()]);
  });
});
