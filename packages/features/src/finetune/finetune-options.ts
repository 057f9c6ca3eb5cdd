import type { ImageBatch } from '@plateau/images';
import type { Preparation } from '../prepare/prepare-images.js';
import type { Tfjs } from '../tfjs/to-layers-model.js';
import type { EpochRecord } from './finetune-state.js';
import type { Unfreeze } from './split-network.js';
import { TURNS } from './turn-image.js';

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
  /** Turned and mirrored copies of each training image, 0 … 7; every epoch sees one of them or the image itself. @default 3 */
  readonly copies?: number;
  /** Of each class, for training; the rest is for testing. @default 0.5 */
  readonly trainShare?: number;
  /** Of the training images, to stop early by. @default 0.1 */
  readonly validationShare?: number;
  /** At the start; it falls to 0 along a cosine. @default 1e-2 for `head`, else 2e-4 */
  readonly learningRate?: number;
  /** @default 16 */
  readonly batchSize?: number;
  /** Epochs without a lower validation loss after which training ends; a few, since the rate still falls. @default 5 */
  readonly patience?: number;
  /** Draws the split, the copies and the order of images. @default 1 */
  readonly seed?: number;
  readonly preparation?: Preparation;
  readonly onProgress?: (progress: { step: FinetuneStep; done: number; total: number }) => void;
  readonly onEpoch?: (record: EpochRecord) => void;
  readonly onWarning?: (message: string) => void;
}

/** The values of the frozen part; those of the turned copies; the epochs. */
export type FinetuneStep = 'features' | 'copies' | 'training';

/** Options, all of them given. */
export type FinetuneSettings = Required<FinetuneOptions>;

/**
 * The options with their defaults.
 * @throws RangeError for one that can't be
 */
export function finetuneSettings(options: FinetuneOptions): FinetuneSettings {
  const { unfreeze = 'mixed10' } = options;
  const settings: FinetuneSettings = {
    weights: 'bundled',
    epochs: 10,
    copies: 3,
    trainShare: 0.5,
    validationShare: 0.1,
    learningRate: unfreeze === 'head' ? 1e-2 : 2e-4,
    batchSize: 16,
    patience: 5,
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
  if (!Number.isInteger(settings.copies) || settings.copies < 0 || settings.copies > TURNS) {
    throw new RangeError(`copies is ${settings.copies}, expected a whole number from 0 to ${TURNS}`);
  }
  if (!(settings.learningRate > 0)) {
    throw new RangeError(`learningRate is ${settings.learningRate}, expected a number above 0`);
  }
  return settings;
}
