import { RandomState } from '@plateau/numerics';
import type * as tfjs from '@tensorflow/tfjs';
import { augmentImages, augmentations, type Augmentation } from './augment-images.js';
import { averageWeights } from './average-weights.js';
import { batchOrder } from './batch-order.js';
import { checkImages, checkImageShape } from './check-images.js';
import { flipAtRandom } from './flip-at-random.js';
import { imageDecoder } from './image-decoder.js';
import type { EncoderOptions } from './image-encoder.js';
import { networkShape, type NetworkOptions, type NetworkShape } from './network-options.js';
import { patchDiscriminator } from './patch-discriminator.js';
import { seedStream } from './seed-stream.js';
import { takeValue } from './take-value.js';
import type { Tf, Trainer } from './trainer.js';

/** What all trainers of a generator against a discriminator take. */
export interface AdversarialOptions extends NetworkOptions {
  /** Default 16. */
  readonly batchSize?: number;
  /** Training steps an epoch. Default: one pass over the images. */
  readonly stepsPerEpoch?: number;
  /** Decides initial weights, latents, flips, augmentations and the order of images. Default 0. */
  readonly seed?: number;
  /**
   * How slowly `generator`, an average of the trained one, follows it: the share it keeps each step. Default 0.98, an
   * average over some fifty steps; 0 follows at once.
   */
  readonly averaging?: number;
  /** What the discriminator sees images through: true for color, translation and cutout. Default false. */
  readonly augment?: boolean | readonly Augmentation[];
}

/** How an epoch is watched. */
export interface AdversarialEpochOptions<Logs> {
  /** Called after each step with its number in the epoch, from 0, and awaited, so that other work gets a turn. */
  readonly onBatchEnd?: (step: number, logs: Logs) => void | Promise<void>;
}

/** The logs of a step, still where tfjs computes. */
export type Losses<Logs> = { readonly [Name in keyof Logs]: tfjs.Scalar };

/**
 * What trainers of a generator against a discriminator share: the networks, batches in random order, augmentation, and
 * `generator`, the average of the trained one over the last steps (Yazıcı et al. 2019), which evens out the oscillation of
 * the two players.
 */
export abstract class AdversarialTrainer<Logs extends object> implements Trainer {
  readonly latentDim: number;
  readonly generator: tfjs.LayersModel;
  /** The generator as trained, before averaging. */
  readonly trained: tfjs.LayersModel;
  protected readonly tf: Tf;
  protected readonly random: RandomState;
  protected readonly nextSeed: () => number;
  protected readonly discriminator: tfjs.LayersModel;
  protected epochs = 0;
  readonly #shape: NetworkShape;
  readonly #options: AdversarialOptions;
  readonly #batchSize: number;
  readonly #averaging: number;
  readonly #augmentations: readonly Augmentation[];
  #averaged = 0;
  #order?: { readonly count: number; readonly batches: ReturnType<typeof batchOrder> };

  constructor(tf: Tf, options: AdversarialOptions, encoder: EncoderOptions = {}) {
    this.tf = tf;
    this.#options = options;
    this.#shape = networkShape(options, { latentDim: 64 });
    this.latentDim = this.#shape.latentDim;
    this.#batchSize = options.batchSize ?? 16;
    this.#averaging = averagingOf(options);
    this.#augmentations = augmentationsOf(options);
    this.nextSeed = seedStream(options.seed ?? 0);
    this.random = new RandomState(this.nextSeed());
    this.trained = imageDecoder(tf, this.#shape, this.nextSeed);
    this.discriminator = patchDiscriminator(tf, this.#shape, this.nextSeed, encoder);
    this.generator = imageDecoder(tf, this.#shape, this.nextSeed);
  }

  /**
   * Trains on one batch of images in [-1, 1], which stays the caller's.
   * @throws RangeError for images of another shape than the networks were built for
   */
  async step(batch: tfjs.Tensor4D): Promise<Logs> {
    checkImageShape(batch, this.#shape);
    const losses = Object.entries<tfjs.Scalar>(this.tf.tidy(() => this.train(batch)));
    const values = await Promise.all(losses.map(([, loss]) => takeValue(loss)));
    return Object.fromEntries(losses.map(([name], i) => [name, values[i]])) as Logs;
  }

  /** Trains for an epoch on random batches and returns the mean losses. */
  async epoch(images: tfjs.Tensor4D, { onBatchEnd }: AdversarialEpochOptions<Logs> = {}): Promise<Logs> {
    await checkImages(images, this.#shape, this.#batchSize);
    this.beginEpoch();
    this.epochs++;
    const steps = this.#options.stepsPerEpoch ?? Math.ceil(images.shape[0] / this.#batchSize);
    const sums: Record<string, number> = {};
    for (let i = 0; i < steps; i++) {
      const batch = this.#nextBatch(images);
      const logs = await this.step(batch);
      batch.dispose();
      for (const [name, value] of Object.entries(logs)) sums[name] = (sums[name] ?? 0) + (value as number) / steps;
      await onBatchEnd?.(i, logs);
    }
    return sums as Logs;
  }

  dispose(): void {
    for (const model of [this.generator, this.trained, this.discriminator]) model.dispose();
    this.optimizers().forEach((optimizer) => optimizer.dispose());
  }

  /** One step of both players, within a tidy; the losses are freed once they are read. */
  protected abstract train(batch: tfjs.Tensor4D): Losses<Logs>;
  protected abstract optimizers(): readonly tfjs.Optimizer[];
  protected beginEpoch(): void {}

  /** Images from random latents, as the trained generator makes them. */
  protected generate(count: number): tfjs.Tensor4D {
    const latents = this.tf.randomNormal([count, this.latentDim], 0, 1, 'float32', this.nextSeed());
    return this.trained.apply(latents, { training: true }) as tfjs.Tensor4D;
  }

  /** Images as the discriminator may see them. */
  protected augment(images: tfjs.Tensor4D): tfjs.Tensor4D {
    return augmentImages(this.tf, images, this.random, this.#augmentations);
  }

  /** The discriminator's map of opinions of images. */
  protected judge(images: tfjs.Tensor4D): tfjs.Tensor4D {
    return this.discriminator.apply(images, { training: true }) as tfjs.Tensor4D;
  }

  /** Micrographs have no top: reference images are mirrored at random. */
  protected flip(batch: tfjs.Tensor4D): tfjs.Tensor4D {
    return flipAtRandom(this.tf, batch, this.random);
  }

  /** Moves the averaged generator after a step of the trained one; in the first steps faster. */
  protected average(): void {
    const decay = Math.min(this.#averaging, this.#averaged / (this.#averaged + 10));
    this.#averaged++;
    averageWeights(this.tf, this.generator, this.trained, decay);
  }

  #nextBatch(images: tfjs.Tensor4D): tfjs.Tensor4D {
    const { tf } = this;
    const count = images.shape[0];
    if (this.#order?.count !== count) {
      this.#order = { count, batches: batchOrder(count, this.#batchSize, this.random) };
    }
    const indices = this.#order.batches.next().value;
    return tf.tidy(() => tf.gather(images, tf.tensor1d(indices, 'int32')));
  }
}

/** What an optimiser may change in a model. */
export function variablesOf(model: tfjs.LayersModel): tfjs.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tfjs.Variable);
}

function averagingOf({ averaging = 0.98 }: AdversarialOptions): number {
  if (!(averaging >= 0 && averaging < 1)) {
    throw new RangeError(`got averaging ${averaging}, expected the share that an average keeps: from 0 to below 1`);
  }
  return averaging;
}

function augmentationsOf({ augment = false }: AdversarialOptions): readonly Augmentation[] {
  if (typeof augment === 'boolean') return augment ? augmentations : [];
  const unknown = augment.find((kind) => !augmentations.includes(kind));
  if (unknown !== undefined) {
    throw new RangeError(`got augment ${unknown}, expected some of ${augmentations.join(', ')}`);
  }
  return augment;
}
