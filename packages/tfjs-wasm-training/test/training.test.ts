import { beforeAll, describe, expect, it } from 'vitest';
import { tf, values } from './backends.js';

/** A small network with every kind of layer that needs one of the package's kernels. */
function network(): tf.Sequential {
  const { layers, initializers } = tf;
  const kernelInitializer = initializers.glorotUniform({ seed: 3 });
  return tf.sequential({
    layers: [
      layers.conv2d({
        inputShape: [12, 12, 1],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        kernelInitializer,
      }),
      layers.batchNormalization(),
      layers.leakyReLU(),
      layers.maxPooling2d({ poolSize: 2 }),
      layers.separableConv2d({
        filters: 6,
        kernelSize: 3,
        padding: 'same',
        activation: 'elu',
        depthwiseInitializer: kernelInitializer,
        pointwiseInitializer: kernelInitializer,
      }),
      layers.conv2dTranspose({ filters: 4, kernelSize: 4, strides: 2, padding: 'same', kernelInitializer }),
      layers.upSampling2d({ size: [2, 2] }),
      layers.dropout({ rate: 0.1, seed: 5 }),
      layers.conv2d({ filters: 1, kernelSize: 3, padding: 'same', activation: 'tanh', kernelInitializer }),
    ],
  });
}

describe('training on the wasm backend', () => {
  beforeAll(() => tf.setBackend('wasm'));

  it.each([
    ['SGD', () => tf.train.sgd(0.05)],
    ['momentum', () => tf.train.momentum(0.02, 0.9)],
    ['RMSProp', () => tf.train.rmsprop(0.003)],
    ['Adam', () => tf.train.adam(0.01)],
  ] as const)('with %s lowers the loss of an autoencoder through model.fit', async (_, optimizer) => {
    const model = network();
    model.compile({ optimizer: optimizer(), loss: 'meanSquaredError' });
    const images = values([16, 12, 12, 1], 1);
    const { history } = await model.fit(images, images, { epochs: 8, batchSize: 8, shuffle: false, verbose: 0 });
    expect(history.loss!.at(-1)).toBeLessThan(0.95 * Number(history.loss![0]));
    tf.dispose([images]);
    model.dispose();
  });

  it('trains an embedding', async () => {
    const model = tf.sequential({
      layers: [
        tf.layers.embedding({ inputDim: 5, outputDim: 3, inputLength: 2 }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 1 }),
      ],
    });
    model.compile({ optimizer: tf.train.adam(0.1), loss: 'meanSquaredError' });
    const [words, target] = [
      tf.tensor2d([
        [0, 1],
        [2, 3],
        [4, 0],
      ]),
      tf.tensor2d([[1], [2], [3]]),
    ];
    const { history } = await model.fit(words, target, { epochs: 30, verbose: 0 });
    expect(history.loss!.at(-1)).toBeLessThan(0.1 * Number(history.loss![0]));
    tf.dispose([words, target]);
    model.dispose();
  });

  it('leaves no tensor and no heap entry behind', () => {
    const model = network();
    const optimizer = tf.train.adam(0.01);
    const images = values([4, 12, 12, 1], 1);
    const step = () =>
      optimizer.minimize(() =>
        tf.losses.meanSquaredError(images, model.apply(images, { training: true }) as tf.Tensor),
      );
    step();
    const counts = () => [tf.memory().numTensors, tf.memory().numDataBuffers, tf.engine().backend.numDataIds()];
    const before = counts();
    for (let i = 0; i < 3; i++) step();
    expect(counts()).toEqual(before);
    tf.dispose([images]);
    model.dispose();
  });
});
