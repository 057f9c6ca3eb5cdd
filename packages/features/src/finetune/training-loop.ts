import { createHash } from 'node:crypto';
import { RandomState } from '@plateau/numerics';
import { classWeights } from './class-weights.js';
import type { FinetuneSettings } from './finetune-options.js';
import { loadState, saveState, type EpochRecord } from './finetune-state.js';
import { fitClassifier, type LabelledFeatures } from './fit-classifier.js';
import type { LabelledClasses } from './labelled-classes.js';
import type { TailTrainer } from './tail-trainer.js';
import type { TrainingValues } from './training-values.js';

/**
 * Trains until the validation loss stops falling or the epochs are over, from a classifier fitted to the features as they are;
 * leaves the trainer with its best model. A state on disk of the same training is gone on from.
 */
export async function trainTail(
  trainer: TailTrainer,
  data: TrainingValues,
  options: { settings: FinetuneSettings; classes: LabelledClasses; statePath: string },
): Promise<EpochRecord[]> {
  const { settings, classes, statePath } = options;
  const { epochs, patience, seed, batchSize, learningRate, onProgress, onEpoch } = settings;
  const { train, validation } = classes.split;
  const key = keyOf(data, classes, settings);
  const saved = await loadState(statePath, key);
  const history: EpochRecord[] = [...(saved?.history ?? [])];
  let best = saved?.best;
  const weights = classWeights(
    train.map((i) => data.labels[i]!),
    classes.classes.length,
  );
  if (saved) await trainer.restore(saved.current);
  else await startFromFittedClassifier(trainer, data, { settings, classes, weights });
  const total = epochs * train.length;
  while (history.length < epochs && sinceBest(history) < patience) {
    const epoch = history.length;
    const began = performance.now();
    let seen = epoch * train.length;
    const loss = await trainer.epoch(data, {
      indices: oneVersionEach(data, train, seed + epoch),
      seed: seed + epoch,
      batchSize,
      classWeights: weights,
      learningRate: (done) => 0.5 * learningRate * (1 + Math.cos((Math.PI * (epoch + done)) / epochs)),
      onImages: (count) => onProgress({ step: 'training', done: (seen += count), total }),
    });
    const result = await lossOf(trainer, data, validation.length > 0 ? validation : train);
    history.push({ epoch: epoch + 1, loss, ...result, seconds: (performance.now() - began) / 1000 });
    const current = await trainer.state();
    if (sinceBest(history) === 0) best = current;
    await saveState(statePath, key, { history, current, best: best! });
    onEpoch(history.at(-1)!);
  }
  if (best) trainer.restoreModel(best);
  return history;
}

/** The most probable class of each row. */
export function likeliestClasses(probabilities: Float32Array, classes: number): number[] {
  return Array.from({ length: probabilities.length / classes }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

async function startFromFittedClassifier(
  trainer: TailTrainer,
  data: TrainingValues,
  options: { settings: FinetuneSettings; classes: LabelledClasses; weights: readonly number[] },
): Promise<void> {
  const { settings, classes, weights } = options;
  const { train, validation } = classes.split;
  const featuresOf = async (indices: readonly number[]): Promise<LabelledFeatures> => ({
    features: await trainer.pooled(data, indices),
    labels: indices.map((i) => data.labels[i]!),
  });
  trainer.setClassifier(
    await fitClassifier(settings.tf, {
      train: await featuresOf(train),
      validation: await featuresOf(validation),
      classWeights: weights,
    }),
  );
}

/** Each image as it is, or one of its copies, drawn anew for every epoch. */
function oneVersionEach(data: TrainingValues, images: readonly number[], seed: number): number[] {
  const random = new RandomState(seed);
  return images.map((image) => {
    const versions = data.versionsOf(image);
    return versions[Math.floor(random.random() * versions.length)]!;
  });
}

function keyOf(data: TrainingValues, { split }: LabelledClasses, settings: FinetuneSettings): string {
  const { unfreeze, epochs, copies, learningRate, batchSize, seed } = settings;
  const parts = [data.values.key, data.labels, split, unfreeze, epochs, copies, learningRate, batchSize, seed];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Epochs since the lowest validation loss. */
function sinceBest(history: readonly EpochRecord[]): number {
  const losses = history.map(({ validationLoss }) => validationLoss);
  return losses.length === 0 ? 0 : losses.length - 1 - losses.indexOf(Math.min(...losses));
}

async function lossOf(
  trainer: TailTrainer,
  data: TrainingValues,
  indices: readonly number[],
): Promise<{ validationLoss: number; validationAccuracy: number }> {
  const probabilities = await trainer.predict(data, indices);
  const classes = probabilities.length / indices.length;
  const labels = indices.map((i) => data.labels[i]!);
  const losses = labels.map((label, row) => -Math.log(Math.max(probabilities[row * classes + label]!, 1e-7)));
  const right = likeliestClasses(probabilities, classes).filter((prediction, row) => prediction === labels[row]).length;
  return {
    validationLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    validationAccuracy: right / labels.length,
  };
}
