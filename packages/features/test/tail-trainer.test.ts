import type { Tensor } from '@tensorflow/tfjs';
import { describe, expect, it } from 'vitest';
import { TailTrainer, type LabelledValues } from '../src/finetune/tail-trainer.js';
import { createWeights, toLayersModel, type Network } from '../src/index.js';
import { scaledImages, trainedLookingWeights } from './small-networks.js';
import { useWasm } from './use-wasm.js';

const SIDE = 4;
const LENGTH = SIDE * SIDE * 3;

const tail: Network = {
  id: 'tail',
  nodes: [
    { kind: 'input', name: 'maps', height: SIDE, width: SIDE, channels: 3, scaling: { subtract: 0, divide: 1 } },
    {
      kind: 'convolution',
      name: 'conv',
      input: 'maps',
      filters: 4,
      kernel: [3, 3],
      stride: 1,
      padding: 'same',
      batchNorm: { epsilon: 1e-3, scale: false },
    },
    { kind: 'global-average-pool', name: 'pool', input: 'conv' },
    { kind: 'dense', name: 'logits', input: 'pool', units: 2, weights: 'logits', bias: true },
  ],
  output: 'logits',
};

/** Twelve images of noise; those of class 1 are brighter in their first channel. */
function separable(): LabelledValues {
  const labels = Array.from({ length: 12 }, (_, i) => i % 2);
  const all = scaledImages({ count: 12, length: LENGTH }).map(
    (value, i) => 0.3 * value + (i % 3 === 0 && labels[Math.floor(i / LENGTH)] === 1 ? 1 : 0),
  );
  const read = (indices: readonly number[]) =>
    Promise.resolve(Float32Array.from(indices.flatMap((i) => [...all.subarray(i * LENGTH, (i + 1) * LENGTH)])));
  return { labels, values: { key: 'test', read } };
}

const data = separable();
const indices = data.labels.map((_, i) => i);
const settings = { indices, batchSize: 5, classWeights: [1, 1], learningRate: () => 0.03 };

async function open(): Promise<TailTrainer> {
  const tf = await useWasm();
  await tf.setBackend('cpu');
  return new TailTrainer({ tf, tail, weights: trainedLookingWeights(tail) });
}

describe('TailTrainer', () => {
  it('learns to tell classes apart', async () => {
    const trainer = await open();
    const losses: number[] = [];
    for (let seed = 0; seed < 30; seed++) losses.push(await trainer.epoch(data, { ...settings, seed }));
    expect(losses.at(-1)!).toBeLessThan(0.3 * losses[0]!);
    const probabilities = await trainer.predict(data, indices);
    data.labels.forEach((label, i) => expect(probabilities[2 * i + label]).toBeGreaterThan(0.5));
    trainer.dispose();
  });

  it('goes on from a saved state as if it had never stopped', async () => {
    const [straight, first, second] = [await open(), await open(), await open()];
    for (const seed of [1, 2, 3, 4]) await straight.epoch(data, { ...settings, seed });
    for (const seed of [1, 2]) await first.epoch(data, { ...settings, seed });
    await second.restore(await first.state());
    for (const seed of [3, 4]) await second.epoch(data, { ...settings, seed });
    expect(second.weights()).toEqual(straight.weights());
    for (const trainer of [straight, first, second]) trainer.dispose();
  });

  it('gives weights with which the network computes what was trained', async () => {
    const trainer = await open();
    await trainer.epoch(data, { ...settings, seed: 1 });
    const expected = await trainer.predict(data, indices);
    const weights = createWeights({ id: 'trained', provenance: 'test', tensors: trainer.weights() });
    const tf = await useWasm();
    const model = toLayersModel(tf, tail, weights);
    const values = await data.values.read(indices);
    const actual = tf.tidy(() =>
      tf.softmax(model.predict(tf.tensor4d(values, [12, SIDE, SIDE, 3])) as Tensor).dataSync(),
    );
    actual.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 5));
    model.dispose();
    trainer.dispose();
  });

  it('counts a class by its weight', async () => {
    const trainer = await open();
    const zeros = indices.filter((i) => data.labels[i] === 0);
    const still = { ...settings, indices: zeros, learningRate: () => 0, seed: 1 };
    const once = await trainer.epoch(data, still);
    const twice = await trainer.epoch(data, { ...still, classWeights: [2, 1] });
    expect(twice / once).toBeCloseTo(2, 5);
    trainer.dispose();
  });

  it('says so when the loss is no number any more', async () => {
    const trainer = await open();
    const bad = {
      ...data,
      values: { ...data.values, read: () => Promise.resolve(new Float32Array(5 * LENGTH).fill(NaN)) },
    };
    await expect(trainer.epoch(bad, { ...settings, indices: [0, 1, 2, 3, 4], seed: 1 })).rejects.toThrow(
      'the loss became NaN: train with a lower learning rate',
    );
    trainer.dispose();
  });

  it('leaves no tensor behind', async () => {
    const tf = await useWasm();
    const before = tf.memory().numTensors;
    const trainer = await open();
    await trainer.epoch(data, { ...settings, seed: 1 });
    await trainer.restore(await trainer.state());
    await trainer.predict(data, indices);
    trainer.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
