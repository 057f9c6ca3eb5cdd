import * as tf from '@tensorflow/tfjs';
import '@tensorflow/tfjs-backend-wasm';
import { registerTrainingKernels } from '@plateau/tfjs-wasm-training';
import { beforeAll, describe, expect, it } from 'vitest';
import { createDcgan } from '../src/trainers/dcgan.js';
import { imageDecoder } from '../src/trainers/image-decoder.js';
import { networkShape } from '../src/trainers/network-options.js';
import { posteriorParts } from '../src/trainers/posterior-parts.js';
import { createVae } from '../src/trainers/vae.js';
import { createWganGp } from '../src/trainers/wgan-gp.js';

const small = { size: 16, width: 4, latentDim: 4, batchSize: 4 };
const fast = { learningRates: { generator: 5e-3, discriminator: 5e-3 } };

beforeAll(async () => {
  registerTrainingKernels(tf);
  await tf.setBackend('wasm');
});

/** Smooth stripes at random places, in [-1, 1]. */
function stripes(count: number, size = 16): tf.Tensor4D {
  return tf.tidy(() => {
    const phase = tf.randomUniform([count, 1, 1, 1], 0, 2 * Math.PI, 'float32', 3);
    const wave = tf.sin(tf.add(phase, tf.reshape(tf.linspace(0, 9, size), [1, size, 1, 1])));
    return tf.tile(wave, [1, 1, size, 1]) as tf.Tensor4D;
  });
}

/** Images at fixed latents. */
function samples(generator: tf.LayersModel, latentDim: number): Float32Array {
  return tf.tidy(() => {
    const latents = tf.randomNormal([8, latentDim], 0, 1, 'float32', 5);
    return (generator.predict(latents) as tf.Tensor).dataSync() as Float32Array;
  });
}

describe('createDcgan', () => {
  it('averages the generator as slowly as asked', async () => {
    const images = stripes(8);
    for (const [averaging, equal] of [
      [0, true],
      [0.9, false],
    ] as const) {
      const trainer = createDcgan(tf, { ...small, averaging });
      await trainer.epoch(images);
      const [average, trained] = [trainer.generator, trainer.trained].map((model) => [...samples(model, 4)]);
      if (equal) expect(average).toEqual(trained);
      else expect(average).not.toEqual(trained);
      trainer.dispose();
    }
    images.dispose();
  });

  it('generates images of the asked shape in [-1, 1]', () => {
    const trainer = createDcgan(tf, { size: 32, channels: 3, width: 4, latentDim: 7 });
    const images = trainer.generator.predict(tf.zeros([2, 7])) as tf.Tensor;
    expect(images.shape).toEqual([2, 32, 32, 3]);
    expect(Math.max(...images.dataSync())).toBeLessThanOrEqual(1);
    expect(Math.min(...images.dataSync())).toBeGreaterThanOrEqual(-1);
    trainer.dispose();
  });

  it('trains the same from the same seed, and otherwise from another', async () => {
    const images = stripes(8);
    const results = [];
    for (const seed of [1, 1, 2]) {
      const trainer = createDcgan(tf, { ...small, seed });
      const logs = [await trainer.epoch(images), await trainer.epoch(images)];
      results.push({ logs, values: [...samples(trainer.generator, 4)] });
      trainer.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]!.values).not.toEqual(results[0]!.values);
    images.dispose();
  });

  it('moves its samples towards the mean brightness of the images', async () => {
    const images = tf.fill([8, 16, 16, 1], 0.8) as tf.Tensor4D;
    const trainer = createDcgan(tf, { ...small, ...fast, stepsPerEpoch: 80, seed: 1 });
    const logs = await trainer.epoch(images);
    const values = samples(trainer.generator, 4);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeGreaterThan(0.5);
    expect(Number.isFinite(logs.discriminatorLoss + logs.generatorLoss)).toBe(true);
    trainer.dispose();
    images.dispose();
  });

  it('tells each step to onBatchEnd and returns the means', async () => {
    const images = stripes(10);
    const trainer = createDcgan(tf, { ...small, stepsPerEpoch: 3 });
    const seen: { step: number; loss: number }[] = [];
    const logs = await trainer.epoch(images, {
      onBatchEnd: (step, { generatorLoss }) => void seen.push({ step, loss: generatorLoss }),
    });
    expect(seen.map(({ step }) => step)).toEqual([0, 1, 2]);
    expect(logs.generatorLoss).toBeCloseTo(seen.reduce((sum, { loss }) => sum + loss, 0) / 3, 10);
    trainer.dispose();
    images.dispose();
  });

  it('keeps its discriminator as it is once it collapses', async () => {
    const images = stripes(8);
    const trainer = createDcgan(tf, { ...small, ...fast, seed: 1, stepsPerEpoch: 40, collapseAfterEpochs: 1 });
    const healthy = await trainer.epoch(images);
    await trainer.epoch(images);
    const collapsed = await trainer.epoch(images);
    // A discriminator that learns defends itself; one that doesn't is taken in completely.
    expect(collapsed.generatorLoss).toBeLessThan(0.5 * healthy.generatorLoss);
    expect(collapsed.discriminatorLoss).toBeGreaterThan(healthy.discriminatorLoss);
    trainer.dispose();
    images.dispose();
  });

  it('leaves no tensor behind, step by step and in the end', async () => {
    const images = stripes(8);
    const before = tf.memory().numTensors;
    const trainer = createDcgan(tf, { ...small, collapseAfterEpochs: 2 });
    await trainer.epoch(images);
    const trained = tf.memory().numTensors;
    for (let epoch = 0; epoch < 3; epoch++) await trainer.epoch(images);
    expect(tf.memory().numTensors).toBe(trained);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    images.dispose();
  });

  it('refuses what it was not built for', async () => {
    expect(() => createDcgan(tf, { size: 60 })).toThrow(/got size 60, expected a multiple of 8/);
    expect(() => createDcgan(tf, { width: 0 })).toThrow(/got width 0, expected a positive integer/);
    const trainer = createDcgan(tf, small);
    const [few, large, bright] = [stripes(3), stripes(4, 24), tf.fill([4, 16, 16, 1], 255) as tf.Tensor4D];
    await expect(trainer.epoch(few)).rejects.toThrow(/got 3 images of 16×16, expected at least one batch of 4/);
    await expect(trainer.step(large)).rejects.toThrow(
      /got images of shape \[4, 24, 24, 1\], expected \[n, 16, 16, 1\]/,
    );
    await expect(trainer.epoch(bright)).rejects.toThrow(/values from 255 to 255.*expected -1/);
    trainer.dispose();
    tf.dispose([few, large, bright]);
  });
});

describe('createWganGp', () => {
  it('trains the same from the same seed', async () => {
    const images = stripes(8);
    const results = [];
    for (const seed of [1, 1, 2]) {
      const trainer = createWganGp(tf, { ...small, seed, criticSteps: 2, augment: true });
      results.push({ logs: await trainer.epoch(images), values: [...samples(trainer.generator, 4)] });
      trainer.dispose();
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]!.values).not.toEqual(results[0]!.values);
    images.dispose();
  });

  it('moves its samples towards the mean brightness of the images', async () => {
    const images = tf.fill([8, 16, 16, 1], 0.8) as tf.Tensor4D;
    const learningRates = { generator: 5e-3, critic: 5e-3 };
    const trainer = createWganGp(tf, { ...small, learningRates, criticSteps: 2, stepsPerEpoch: 160, seed: 1 });
    const logs = await trainer.epoch(images);
    const values = samples(trainer.generator, 4);
    expect(values.reduce((sum, value) => sum + value) / values.length).toBeGreaterThan(0.5);
    expect(Object.values(logs).every(Number.isFinite)).toBe(true);
    trainer.dispose();
    images.dispose();
  });

  it('keeps the length of the critic’s gradient near 1', async () => {
    const images = stripes(16);
    const penalties = [];
    for (const penaltyWeight of [10, 0]) {
      const trainer = createWganGp(tf, { ...small, penaltyWeight, stepsPerEpoch: 60, seed: 1 });
      await trainer.epoch(images);
      penalties.push((await trainer.epoch(images)).gradientPenalty);
      trainer.dispose();
    }
    expect(penalties[0]).toBeLessThan(0.25); // (length − 1)²: within 0.5 of 1
    expect(penalties[1]).toBeGreaterThan(1);
    images.dispose();
  });

  it('leaves no tensor behind', async () => {
    const images = stripes(8);
    const before = tf.memory().numTensors;
    const trainer = createWganGp(tf, { ...small, criticSteps: 2, augment: true });
    await trainer.epoch(images);
    const trained = tf.memory().numTensors;
    for (let epoch = 0; epoch < 3; epoch++) await trainer.epoch(images);
    expect(tf.memory().numTensors).toBe(trained);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    images.dispose();
  });

  it('refuses options out of range', () => {
    expect(() => createWganGp(tf, { criticSteps: 0 })).toThrow('got criticSteps 0, expected a positive integer');
    expect(() => createWganGp(tf, { penaltyWeight: -1 })).toThrow('got penaltyWeight -1, expected a number');
    expect(() => createWganGp(tf, { averaging: 1 })).toThrow('got averaging 1, expected the share');
    expect(() => createDcgan(tf, { augment: ['blur' as never] })).toThrow(
      'got augment blur, expected some of color, translation, cutout',
    );
  });
});

describe('networks of other sizes', () => {
  it.each([
    [64, 3],
    [72, 3],
    [128, 4],
    [256, 5],
  ])('halve an image of %i %i times', (size, halvings) => {
    expect(networkShape({ size }, { latentDim: 4 }).halvings).toBe(halvings);
    const generator = imageDecoder(tf, networkShape({ size, width: 1 }, { latentDim: 4 }), () => 1);
    expect(generator.outputs[0]!.shape).toEqual([null, size, size, 1]);
    generator.dispose();
  });

  it('train at 128×128', async () => {
    const images = stripes(4, 128);
    for (const create of [createDcgan, createWganGp]) {
      const trainer = create(tf, { size: 128, width: 2, latentDim: 4, batchSize: 4, stepsPerEpoch: 1 });
      expect(Object.values(await trainer.epoch(images)).every(Number.isFinite)).toBe(true);
      trainer.dispose();
    }
    images.dispose();
  });
});

describe('createVae', () => {
  it('lowers its loss through model.fit, the same from the same seed', async () => {
    const images = stripes(16);
    const losses = [];
    for (let run = 0; run < 2; run++) {
      const trainer = createVae(tf, { ...small, learningRate: 0.01, seed: 3 });
      const { history } = await trainer.fit(images, { epochs: 10 });
      losses.push(history.loss as number[]);
      trainer.dispose();
    }
    expect(losses[0]!.at(-1)).toBeLessThan(0.6 * losses[0]![0]!);
    expect(losses[1]).toEqual(losses[0]);
    images.dispose();
  });

  it.each([
    [{ size: 16 }, 32],
    [{}, 32],
    [{ size: 128 }, 128],
    [{ size: 128, latentDim: 7 }, 7],
  ])('has as many latents of %j as the image has area: %i', (options, expected) => {
    const trainer = createVae(tf, { ...options, width: 1 });
    expect(trainer.latentDim).toBe(expected);
    expect(trainer.generator.inputs[0]!.shape).toEqual([null, expected]);
    trainer.dispose();
  });

  it('takes posteriors as they are, but for outliers whose variance would swamp an epoch', () => {
    const posterior = tf.tensor2d([[0.5, -0.5, 60, -3]]);
    const [means, logVariances] = posteriorParts(tf, posterior).map((part) => [...part.dataSync()]);
    expect(means).toEqual([0.5, -0.5]);
    expect(logVariances![1]).toBe(-3);
    expect(Math.exp(logVariances![0]!)).toBeLessThan(100); // of 1 in N(0, 1)
  });

  it('names the two parts of the loss', async () => {
    const images = stripes(4);
    const trainer = createVae(tf, small);
    const { history } = await trainer.fit(images, { epochs: 1 });
    const [loss, pixels, divergence] = ['loss', 'reconstruction_loss', 'posterior_loss'].map(
      (name) => history[name]![0] as number,
    );
    expect(loss).toBeCloseTo(pixels! + divergence!, 3);
    trainer.dispose();
    images.dispose();
  });

  it('shows callbacks a generator in training, with the weights so far', async () => {
    const images = stripes(4);
    const trainer = createVae(tf, small);
    const drawn: number[] = [];
    const callback = new tf.CustomCallback({
      onEpochEnd: async () => void drawn.push(samples(trainer.generator, 4)[0]!),
    });
    await trainer.fit(images, { epochs: 2, callbacks: [callback] });
    expect(drawn).toHaveLength(2);
    expect(drawn[0]).not.toBe(drawn[1]);
    trainer.dispose();
    images.dispose();
  });

  it('leaves no tensor behind', async () => {
    const images = stripes(8);
    const before = tf.memory().numTensors;
    const trainer = createVae(tf, small);
    await trainer.fit(images, { epochs: 1 });
    const trained = tf.memory().numTensors;
    await trainer.fit(images, { epochs: 2 });
    expect(tf.memory().numTensors).toBe(trained);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    images.dispose();
  });

  it('refuses images outside [-1, 1] and leaves nothing behind then', async () => {
    const trainer = createVae(tf, small);
    const images = tf.fill([4, 16, 16, 1], 2) as tf.Tensor4D;
    const before = tf.memory().numTensors;
    await expect(trainer.fit(images, { epochs: 1 })).rejects.toThrow(/values from 2 to 2/);
    expect(tf.memory().numTensors).toBe(before);
    trainer.dispose();
    images.dispose();
  });
});
