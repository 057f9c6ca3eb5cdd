import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { ImageBatch } from '@plateau/images';
import { RandomState } from '@plateau/numerics';
import { createOnnxruntimeEngine, importOnnxruntime } from '../engines/onnxruntime-engine.js';
import type { Engine } from '../engines/engine.js';
import { createTfjsEngine } from '../engines/tfjs-engine.js';
import { describeInceptionV3 } from '../network/inception-v3.js';
import type { Network } from '../network/network.js';
import { networkUpTo } from '../network/network-up-to.js';
import { toOnnx } from '../onnx/to-onnx.js';
import type { Preparation } from '../prepare/prepare-images.js';
import { cacheFolder } from '../store/cache-folder.js';
import { writeAtomically } from '../store/write-atomically.js';
import type { Tfjs } from '../tfjs/to-layers-model.js';
import { createWeights, type NetworkWeights, type WeightTensor } from '../weights/network-weights.js';
import { openWeights } from '../weights/open-weights.js';
import { writeWeightFile } from '../weights/weight-file.js';
import { weightShapes } from '../weights/weight-shapes.js';
import { classWeights } from './class-weights.js';
import { accuracyOf, confusionMatrix } from './confusion-matrix.js';
import { loadState, removeState, saveState, type EpochRecord } from './finetune-state.js';
import { splitNetwork, type Unfreeze } from './split-network.js';
import { stratifiedSplit, type Split } from './stratified-split.js';
import { TailTrainer, type LabelledValues } from './tail-trainer.js';
import { trunkValues } from './trunk-values.js';

/** Images with a class each. */
export interface LabelledImages extends AsyncIterable<ImageBatch> {
  readonly id: string;
  readonly labels?: readonly string[];
}

export interface FinetuneOptions {
  /** A folder of class folders, as `folderSource` reads it. */
  readonly data: LabelledImages;
  /** Folder for the weights, the `.onnx` file and what is needed to go on after a kill. */
  readonly out: string;
  /** The caller's TensorFlow.js, on a backend that can train convolutions. */
  readonly tf: Tfjs;
  /** What training starts from; any InceptionV3 of Keras. @default 'bundled' */
  readonly weights?: string;
  /** What is trained: `head`, the blocks from one on, `all`. @default 'mixed10' */
  readonly unfreeze?: Unfreeze;
  /** @default 10 */
  readonly epochs?: number;
  /** Of each class, for training; the rest is for testing. @default 0.5 */
  readonly trainShare?: number;
  /** Of the training images, to stop early by. @default 0.1 */
  readonly validationShare?: number;
  /** At the start; it falls to 0 along a cosine. @default 1e-2 for `head`, else 1e-4 */
  readonly learningRate?: number;
  /** @default 16 */
  readonly batchSize?: number;
  /** Epochs without a lower validation loss after which training ends. @default 3 */
  readonly patience?: number;
  /** Draws the split, the classifier's first weights and the order of images. @default 1 */
  readonly seed?: number;
  readonly preparation?: Preparation;
  readonly onProgress?: (progress: { step: 'features' | 'training'; done: number; total: number }) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
  readonly onWarning?: (message: string) => void;
}

/** What came out of a fine-tuning. */
export interface FinetuneResult {
  readonly classes: readonly string[];
  readonly images: { readonly train: number; readonly validation: number; readonly test: number };
  /** Of the images trained on, those for validation included. */
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  /** Test images: a row for each class, a column for each class they were taken for. */
  readonly confusion: readonly (readonly number[])[];
  readonly history: readonly EpochRecord[];
  /** The weights, an extractor by its path. */
  readonly weightsPath: string;
  /** The same up to the pool, for any ONNX runtime. */
  readonly onnxPath: string;
  readonly weightsSha256: string;
}

/** A class this many times larger than another is worth a warning. */
const UNEVEN = 10;

/**
 * Trains InceptionV3 to tell classes of images apart, which makes its features see what matters in them (the survey's FID
 * Modified). The frozen blocks run once, their values are cached on disk; a training that was killed goes on after its last epoch.
 * @throws RangeError for options that can't be, classes of one image, another network; Error when training fails
 * @example
 * const { testAccuracy } = await finetune({ data: await folderSource('steel'), out: 'steel-inception', tf });
 */
export async function finetune(options: FinetuneOptions): Promise<FinetuneResult> {
  const settings = withDefaults(options);
  const { tf, out, unfreeze, onWarning } = settings;
  const { classes, labels, split } = classesOf(settings);
  const start = await openWeights(settings.weights);
  if (start.network.id !== 'inception-v3') {
    throw new RangeError(`weights '${settings.weights}' are of ${start.network.id}, expected Keras' InceptionV3`);
  }
  const network = describeInceptionV3({ variant: 'keras' });
  const { trunk, tail } = splitNetwork(network, { unfreeze, classes: classes.length });
  const engine = trunk && (await openTrunkEngine(tf, trunk, start.weights, onWarning));
  const { data: images, preparation } = settings;
  let done = 0;
  const values = await trunkValues({
    images,
    trunk,
    network,
    engine,
    weightsSha256: start.weights.sha256,
    preparation,
    folder: join(cacheFolder(), 'trunk'),
    onImages: (count) => settings.onProgress({ step: 'features', done: (done += count), total: labels.length }),
  });
  engine?.dispose();
  const trainer = new TailTrainer({ tf, tail, weights: withClassifier(start.weights, tail, settings.seed) });
  try {
    const data = { values, labels };
    const history = await train(trainer, data, { ...settings, split, classes: classes.length });
    const evaluate = async (indices: readonly number[]) =>
      confusionMatrix({
        labels: indices.map((i) => labels[i]!),
        predictions: bestClasses(await trainer.predict(data, indices), classes.length),
        classes: classes.length,
      });
    const confusion = await evaluate(split.test);
    const accuracies = {
      trainAccuracy: accuracyOf(await evaluate([...split.train, ...split.validation])),
      testAccuracy: accuracyOf(confusion),
    };
    const counts = { train: split.train.length, validation: split.validation.length, test: split.test.length };
    const training = { data: images.id, from: start.weights.id, unfreeze, images: counts, ...accuracies };
    const file = await writeResult(settings, { start: start.weights, trained: trainer.weights(), classes, training });
    await removeState(statePath(out));
    return { classes, images: counts, ...accuracies, confusion, history, ...file };
  } finally {
    trainer.dispose();
    await values.close();
  }
}

type Settings = Required<FinetuneOptions>;

function withDefaults(options: FinetuneOptions): Settings {
  const { unfreeze = 'mixed10' } = options;
  const settings: Settings = {
    weights: 'bundled',
    epochs: 10,
    trainShare: 0.5,
    validationShare: 0.1,
    learningRate: unfreeze === 'head' ? 1e-2 : 1e-4,
    batchSize: 16,
    patience: 3,
    seed: 1,
    preparation: { resize: 'clean' },
    onProgress: () => {},
    onEpoch: () => {},
    onWarning: (message) => process.emitWarning(message),
    ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)),
    data: options.data,
    out: options.out,
    tf: options.tf,
    unfreeze,
  };
  for (const name of ['epochs', 'batchSize', 'patience'] as const) {
    if (!Number.isInteger(settings[name]) || settings[name] < 1) {
      throw new RangeError(`${name} is ${settings[name]}, expected a whole number of 1 or more`);
    }
  }
  if (!(settings.learningRate > 0)) {
    throw new RangeError(`learningRate is ${settings.learningRate}, expected a number above 0`);
  }
  return settings;
}

function classesOf({ data, trainShare, validationShare, seed, onWarning }: Settings): {
  classes: string[];
  labels: number[];
  split: Split;
} {
  const names = data.labels ?? [];
  const classes = [...new Set(names)].sort();
  if (classes.length < 2) {
    throw new RangeError(
      `${data.id} has ${classes.length} classes, expected a folder of two or more folders of images`,
    );
  }
  const split = stratifiedSplit(names, { trainShare, validationShare, seed });
  const sizes = classes.map((name) => names.filter((other) => other === name).length);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  if (most >= UNEVEN * least) {
    onWarning(
      `${data.id}: class '${classes[sizes.indexOf(most)]}' has ${most} images, '${classes[sizes.indexOf(least)]}' ${least}; all classes count alike, but few images teach little`,
    );
  }
  return { classes, labels: names.map((name) => classes.indexOf(name)), split };
}

async function openTrunkEngine(
  tf: Tfjs,
  trunk: Network,
  weights: NetworkWeights,
  onWarning: (message: string) => void,
): Promise<Engine> {
  try {
    return await createOnnxruntimeEngine(await importOnnxruntime(), trunk, weights, { maps: true });
  } catch (error) {
    onWarning(`${(error as Error).message} (until then the frozen blocks run in tfjs, several times slower)`);
    return createTfjsEngine(tf, trunk, weights);
  }
}

/** Weights with a classifier drawn from the seed: He's uniform initialisation, no bias. */
function withClassifier(weights: NetworkWeights, tail: Network, seed: number): NetworkWeights {
  const shape = weightShapes(tail).get('logits/kernel')!;
  const [inputs, units] = shape as [number, number];
  const random = new RandomState(seed);
  const limit = Math.sqrt(6 / (inputs + units));
  const kernel = Float32Array.from({ length: inputs * units }, () => limit * (2 * random.random() - 1));
  const tensors = new Map(weights.tensors);
  tensors.set('logits/kernel', { shape, data: kernel });
  tensors.set('logits/bias', { shape: [units], data: new Float32Array(units) });
  return { ...weights, tensors };
}

async function train(
  trainer: TailTrainer,
  data: LabelledValues,
  settings: Settings & { split: Split; classes: number },
): Promise<EpochRecord[]> {
  const { out, epochs, patience, split, seed, batchSize, learningRate, onProgress, onEpoch, classes } = settings;
  const key = keyOf(data, settings);
  const saved = await loadState(statePath(out), key);
  const history: EpochRecord[] = [...(saved?.history ?? [])];
  let best = saved?.best;
  if (saved) await trainer.restore(saved.current);
  const weights = classWeights(
    split.train.map((i) => data.labels[i]!),
    classes,
  );
  const total = epochs * split.train.length;
  while (history.length < epochs && sinceBest(history) < patience) {
    const epoch = history.length;
    const began = performance.now();
    let seen = epoch * split.train.length;
    const loss = await trainer.epoch(data, {
      indices: split.train,
      seed: seed + epoch,
      batchSize,
      classWeights: weights,
      learningRate: (done) => 0.5 * learningRate * (1 + Math.cos((Math.PI * (epoch + done)) / epochs)),
      onImages: (count) => onProgress({ step: 'training', done: (seen += count), total }),
    });
    const validation = await lossOf(trainer, data, split.validation.length > 0 ? split.validation : split.train);
    history.push({ epoch: epoch + 1, loss, ...validation, seconds: (performance.now() - began) / 1000 });
    const current = await trainer.state();
    if (sinceBest(history) === 0) best = current;
    await saveState(statePath(out), key, { history, current, best: best! });
    onEpoch(history.at(-1)!);
  }
  if (best) trainer.restoreModel(best);
  return history;
}

function keyOf(data: LabelledValues, settings: Settings): string {
  const { unfreeze, epochs, trainShare, validationShare, learningRate, batchSize, seed } = settings;
  const parts = [
    data.values.key,
    data.labels,
    unfreeze,
    epochs,
    trainShare,
    validationShare,
    learningRate,
    batchSize,
    seed,
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Epochs since the lowest validation loss. */
function sinceBest(history: readonly EpochRecord[]): number {
  const losses = history.map(({ validationLoss }) => validationLoss);
  return losses.length === 0 ? 0 : losses.length - 1 - losses.indexOf(Math.min(...losses));
}

async function lossOf(
  trainer: TailTrainer,
  data: LabelledValues,
  indices: readonly number[],
): Promise<{ validationLoss: number; validationAccuracy: number }> {
  const probabilities = await trainer.predict(data, indices);
  const classes = probabilities.length / indices.length;
  const labels = indices.map((i) => data.labels[i]!);
  const losses = labels.map((label, row) => -Math.log(Math.max(probabilities[row * classes + label]!, 1e-7)));
  const right = bestClasses(probabilities, classes).filter((prediction, row) => prediction === labels[row]).length;
  return {
    validationLoss: losses.reduce((sum, loss) => sum + loss, 0) / losses.length,
    validationAccuracy: right / labels.length,
  };
}

function bestClasses(probabilities: Float32Array, classes: number): number[] {
  return Array.from({ length: probabilities.length / classes }, (_, row) => {
    const own = probabilities.subarray(row * classes, (row + 1) * classes);
    return own.indexOf(Math.max(...own));
  });
}

async function writeResult(
  { out, data }: Settings,
  result: {
    start: NetworkWeights;
    trained: ReadonlyMap<string, WeightTensor>;
    classes: readonly string[];
    training: Record<string, unknown>;
  },
): Promise<Pick<FinetuneResult, 'weightsPath' | 'onnxPath' | 'weightsSha256'>> {
  const { start, trained, classes, training } = result;
  const network = describeInceptionV3({ variant: 'keras', classes: classes.length });
  const all = new Map([...start.tensors, ...trained]);
  const tensors = new Map([...weightShapes(network).keys()].map((name) => [name, all.get(name)!]));
  const provenance = `${start.provenance}; fine-tuned on ${classes.length} classes of ${data.id}`;
  const weights = createWeights({ id: 'finetuned', provenance, tensors });
  const weightsPath = join(out, 'finetuned.safetensors');
  const onnxPath = join(out, 'finetuned.onnx');
  await writeWeightFile(weightsPath, { network, weights, classes, training });
  await writeAtomically(onnxPath, toOnnx(networkUpTo(network, 'pool'), weights));
  return { weightsPath, onnxPath, weightsSha256: weights.sha256 };
}

function statePath(out: string): string {
  return join(out, 'finetune-state.safetensors');
}
