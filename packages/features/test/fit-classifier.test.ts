import { RandomState, type Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { fitClassifier, type LinearClassifier } from '../src/finetune/fit-classifier.js';
import { useWasm } from './use-wasm.js';

const WIDTH = 4;
const LABELS = Array.from({ length: 60 }, (_, i) => (i % 4 === 0 ? 0 : 1));

/** Two clouds, three of the second for one of the first, that overlap a little; the last feature is always 5. */
function clouds(scale = 1): Matrix {
  const noise = new RandomState(1).randn(LABELS.length, WIDTH);
  const data = Float64Array.from(noise, (value, i) => {
    if (i % WIDTH === WIDTH - 1) return 5;
    return scale * (value + (LABELS[Math.floor(i / WIDTH)] === 1 ? 1.5 : 0));
  });
  return { data, rows: LABELS.length, cols: WIDTH };
}

async function fit(features: Matrix, classWeights = [1, 1]): Promise<LinearClassifier> {
  const tf = await useWasm();
  await tf.setBackend('cpu');
  const data = { features, labels: LABELS };
  return fitClassifier(tf, {
    train: data,
    validation: { features: { ...features, rows: 0 }, labels: [] },
    classWeights,
  });
}

/** Probability of class 1 for each row. */
function probabilities({ data, rows, cols }: Matrix, { kernel, bias }: LinearClassifier): number[] {
  return Array.from({ length: rows }, (_, row) => {
    let difference = bias[1]! - bias[0]!;
    for (let j = 0; j < cols; j++) difference += data[row * cols + j]! * (kernel[2 * j + 1]! - kernel[2 * j]!);
    return 1 / (1 + Math.exp(-difference));
  });
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('fitClassifier', () => {
  it('tells the classes apart, and predicts each as often as it comes', async () => {
    const features = clouds();
    const predicted = probabilities(features, await fit(features));
    const right = predicted.filter((probability, i) => probability > 0.5 === (LABELS[i] === 1)).length;
    expect(right).toBeGreaterThanOrEqual(54);
    // At the optimum the derivative by the bias is 0: the mean probability of a class is its share.
    expect(mean(predicted)).toBeCloseTo(0.75, 3);
  });

  it('counts classes by their weights', async () => {
    const features = clouds();
    const predicted = probabilities(features, await fit(features, [2, 2 / 3]));
    const weights = LABELS.map((label) => (label === 0 ? 2 : 2 / 3));
    // The same derivative, weighted: half the weight lies on each class.
    expect(mean(predicted.map((probability, i) => weights[i]! * probability))).toBeCloseTo(0.5, 3);
  });

  it('does not depend on the scale of the features, and survives one that never varies', async () => {
    const [small, large] = [clouds(), clouds(1000)];
    const [a, b] = [probabilities(small, await fit(small)), probabilities(large, await fit(large))];
    a.forEach((probability, i) => expect(b[i]).toBeCloseTo(probability, 2));
  });

  it('takes the penalty that the validation rows ask for', async () => {
    const tf = await useWasm();
    await tf.setBackend('cpu');
    const features = clouds();
    const train = { features, labels: LABELS };
    const kernelFor = async (labels: number[]) => {
      const options = { train, validation: { features, labels }, classWeights: [1, 1] };
      return Math.hypot(...(await fitClassifier(tf, options)).kernel);
    };
    // Labels that agree with the training set ask for the least penalty, the opposite labels for the greatest.
    expect(await kernelFor(LABELS)).toBeGreaterThan(1.05 * (await kernelFor(LABELS.map((label) => 1 - label))));
  });

  it('leaves no tensor behind', async () => {
    const tf = await useWasm();
    const before = tf.memory().numTensors;
    await fit(clouds());
    expect(tf.memory().numTensors).toBe(before);
  });
});
