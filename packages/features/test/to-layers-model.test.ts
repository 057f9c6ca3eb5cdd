import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { toLayersModel } from '../src/index.js';
import { count, expectClose, expected, images, shape, weights } from './forward-case.js';
import { everyNode, oneConvolution } from './small-networks.js';
import { useWasm } from './use-wasm.js';

test('the trainable model computes what the definitions say', async () => {
  const tf = await useWasm();
  const model = toLayersModel(tf, everyNode, weights);
  const features = tf.tidy(() => (model.predict(tf.tensor4d(images, shape)) as Tensor).dataSync());
  expectClose(features, expected);
  model.dispose();
});

test('the trainable model trains kernels and offsets, not the running statistics', async () => {
  const tf = await useWasm();
  const model = toLayersModel(tf, everyNode, weights);
  const trained = model.trainableWeights.map(({ originalName }) => originalName.replace(/_\d+$/, ''));
  expect(trained.sort()).toEqual(
    [
      'strided/conv/kernel',
      'strided/norm/gamma',
      'strided/norm/beta',
      'flat/conv/kernel',
      'flat/norm/beta',
      'last/conv/kernel',
      'last/norm/beta',
    ].sort(),
  );
  model.dispose();
});

test('the trainable model learns: a step down the gradient lowers the loss', async () => {
  const tf = await useWasm();
  await tf.setBackend('cpu');
  const model = toLayersModel(tf, everyNode, weights);
  const [x, target] = [tf.tensor4d(images, shape), tf.zeros([count, 6])];
  const loss = () => tf.losses.meanSquaredError(target, model.apply(x, { training: true }) as Tensor) as Scalar;
  const optimizer = tf.train.sgd(0.01);
  const losses = [0, 1].map(() => optimizer.minimize(loss, true)!.dataSync()[0]!);
  expect(losses[1]).toBeLessThan(losses[0]!);
  optimizer.dispose();
  model.dispose();
  tf.dispose([x, target]);
});

test('weights of another network are refused', async () => {
  const tf = await useWasm();
  expect(() => toLayersModel(tf, oneConvolution, weights)).toThrow(/lack the tensor conv\/kernel/);
});
