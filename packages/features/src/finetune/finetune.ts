import { join } from 'node:path';
import { describeInceptionV3 } from '../network/inception-v3.js';
import type { Network } from '../network/network.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import { openWeights } from '../weights/open-weights.js';
import { weightShapes } from '../weights/weight-shapes.js';
import { accuracyOf, confusionMatrix } from './confusion-matrix.js';
import { finetuneSettings, type FinetuneOptions } from './finetune-options.js';
import { removeState, type EpochRecord } from './finetune-state.js';
import { labelledClasses } from './labelled-classes.js';
import { splitNetwork } from './split-network.js';
import { TailTrainer } from './tail-trainer.js';
import { likeliestClasses, trainTail } from './training-loop.js';
import { trainingValues } from './training-values.js';
import { writeFinetuned, type FinetunedFiles } from './write-finetuned.js';

/** What came out of a fine-tuning. */
export interface FinetuneResult extends FinetunedFiles {
  readonly classes: readonly string[];
  readonly images: { readonly train: number; readonly validation: number; readonly test: number };
  /** Of the images trained on, those for validation included. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Test images: a row for each class, a column for each class they were taken for. */
  readonly confusion: readonly (readonly number[])[];
  readonly history: readonly EpochRecord[];
  /** Of TensorFlow.js, on which it was trained. */
  readonly backend: string;
}

/**
 * Trains InceptionV3 to tell classes of images apart, which makes its features see what matters in them (the survey's FID
 * Modified). A classifier is fitted to the features first, then it and the last blocks are trained. The frozen blocks run once,
 * their values are cached on disk; a training that was killed goes on after its last epoch.
 * @throws RangeError for options that can't be, classes of one image, another network; Error when training fails
 * @example
 * const { testAccuracy } = await finetune({ data: await folderSource('steel'), out: 'steel-inception', tf });
 */
export async function finetune(options: FinetuneOptions): Promise<FinetuneResult> {
  const settings = finetuneSettings(options);
  const { tf, out, unfreeze, data: images } = settings;
  const classified = labelledClasses(settings);
  const { classes, labels, split } = classified;
  const start = await openWeights(settings.weights);
  if (start.network.id !== 'inception-v3') {
    throw new RangeError(`weights '${settings.weights}' are of ${start.network.id}, expected Keras' InceptionV3`);
  }
  const network = describeInceptionV3({ variant: 'keras' });
  const { trunk, tail } = splitNetwork(network, { unfreeze, classes: classes.length });
  const data = await trainingValues(settings, classified, { network, trunk, weights: start.weights });
  const trainer = new TailTrainer({ tf, tail, weights: withBlankClassifier(start.weights, tail) });
  try {
    const statePath = join(out, 'finetune-state.safetensors');
    const history = await trainTail(trainer, data, { settings, classes: classified, statePath });
    const evaluate = async (indices: readonly number[]) =>
      confusionMatrix({
        labels: indices.map((i) => labels[i]!),
        predictions: likeliestClasses(await trainer.predict(data, indices), classes.length),
        classes: classes.length,
      });
    const confusion = await evaluate(split.test);
    const accuracies = {
      trainAccuracy: accuracyOf(await evaluate([...split.train, ...split.validation])),
      testAccuracy: accuracyOf(confusion),
    };
    const counts = { train: split.train.length, validation: split.validation.length, test: split.test.length };
    const training = { data: images.id, from: start.weights.id, unfreeze, images: counts, ...accuracies };
    const trained = trainer.weights();
    const files = await writeFinetuned(out, { start: start.weights, trained, data: images.id, classes, training });
    await removeState(statePath);
    return { classes, images: counts, ...accuracies, confusion, history, backend: tf.getBackend(), ...files };
  } finally {
    trainer.dispose();
    await data.close();
  }
}

/** Weights with a classifier that knows nothing yet. */
function withBlankClassifier(weights: NetworkWeights, tail: Network): NetworkWeights {
  const shapes = weightShapes(tail);
  const tensors = new Map(weights.tensors);
  for (const name of ['logits/kernel', 'logits/bias']) {
    const shape = shapes.get(name)!;
    tensors.set(name, { shape, data: new Float32Array(shape.reduce((product, extent) => product * extent, 1)) });
  }
  return { ...weights, tensors };
}
