import { arraySource, type ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { createCallback, createMonitor, type MonitorOptions } from '../src/index.js';
import { pixelExtractor } from './fake-extractor.js';

const side = 4;

function noise(count: number, seed: number): ImageBatch {
  const data = Float32Array.from(new RandomState(seed).randomSample(count * side * side), (u) => 2 * u - 1);
  return { data, count, height: side, width: side, channels: 1, range: [-1, 1] };
}

/** A decoder to images and the model that trains it, as in a VAE without its noise. */
function autoencoder(): { generator: tf.LayersModel; model: tf.LayersModel; images: tf.Tensor4D } {
  const generator = tf.sequential({
    layers: [
      tf.layers.dense({ inputShape: [3], units: side * side, activation: 'tanh' }),
      tf.layers.reshape({ targetShape: [side, side, 1] }),
    ],
  });
  const input = tf.input({ shape: [side, side, 1] });
  const latent = tf.layers.dense({ units: 3 }).apply(tf.layers.flatten().apply(input)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: generator.apply(latent) as tf.SymbolicTensor });
  model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
  return { generator, model, images: tf.tensor4d(noise(16, 3).data as Float32Array, [16, side, side, 1]) };
}

function monitorOf(generator: tf.LayersModel, options: Partial<MonitorOptions> = {}) {
  return createMonitor({
    tf,
    generator,
    latentDim: 3,
    reference: arraySource(noise(32, 1)),
    extractor: pixelExtractor(side * side),
    metrics: ['fid', 'vendi'],
    progress: false,
    print: false,
    ...options,
  });
}

describe('createCallback', () => {
  it('is an instance of the user’s CustomCallback', () => {
    const { generator } = autoencoder();
    expect(createCallback(tf, monitorOf(generator))).toBeInstanceOf(tf.CustomCallback);
  });

  it('puts scores into the history', async () => {
    const { generator, model, images } = autoencoder();
    const { history } = await model.fit(images, images, {
      epochs: 3,
      verbose: 0,
      callbacks: [createCallback(tf, monitorOf(generator, { collapse: false }))],
    });
    expect(Object.keys(history).sort()).toEqual(['fid', 'loss', 'vendi']);
    expect(history.fid).toHaveLength(3);
    expect(history.fid.every((value) => Number.isFinite(value as number))).toBe(true);
  });

  it('lets a later early stopping watch a score', async () => {
    const { generator, model, images } = autoencoder();
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    const { epoch } = await model.fit(images, images, {
      epochs: 9,
      verbose: 0,
      callbacks: [
        createCallback(tf, monitorOf(generator, { collapse: false })),
        tf.callbacks.earlyStopping({ monitor: 'fid', patience: 2 }),
      ],
    });
    expect(epoch).toEqual([0, 1, 2]); // without learning, FID never improves: one first epoch and two of patience
  });

  it('stops a training whose generator has collapsed', async () => {
    const { generator, model, images } = autoencoder();
    generator.setWeights(generator.getWeights().map((weight) => tf.zerosLike(weight)));
    model.compile({ optimizer: tf.train.sgd(0), loss: 'meanSquaredError' });
    const { epoch } = await model.fit(images, images, {
      epochs: 9,
      verbose: 0,
      callbacks: [createCallback(tf, monitorOf(generator, { collapse: { warmup: 1, grace: 2 } }))],
    });
    expect(epoch).toEqual([0, 1, 2]);
  });

  it('leaves no tensor behind', async () => {
    const { generator } = autoencoder();
    const monitor = monitorOf(generator);
    await monitor.epochEnd(0);
    const before = tf.memory().numTensors;
    for (let epoch = 1; epoch < 4; epoch += 1) await monitor.epochEnd(epoch);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('createMonitor with a tfjs generator', () => {
  it('refuses a latentDim that the generator does not take', () => {
    const { generator } = autoencoder();
    expect(() => monitorOf(generator, { latentDim: 5 })).toThrow("latentDim is 5, but the generator's input is 3 wide");
    expect(() => monitorOf(generator, { latentDim: undefined })).toThrow(
      'generator needs latentDim (its input is 3 wide)',
    );
  });

  it('refuses NaN in the first scoring, and stops as diverged when it comes later', async () => {
    const { generator } = autoencoder();
    const monitor = monitorOf(generator);
    const poison = () => generator.setWeights(generator.getWeights().map((weight) => tf.fill(weight.shape, NaN)));
    await monitor.epochEnd(0);
    poison();
    const { stop, reason } = await monitor.epochEnd(1);
    expect(stop).toBe(true);
    expect(reason).toMatch(/^Stopped at epoch 1: training has diverged, sample 0 holds NaN/);
    await expect(monitorOf(generator).epochEnd(0)).rejects.toThrow('sample 0 holds NaN');
  });
});
