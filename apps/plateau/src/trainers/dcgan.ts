import { RandomState } from '@plateau/numerics';
import type * as tfjs from '@tensorflow/tfjs';
import { averageWeights } from './average-weights.js';
import { batchOrder } from './batch-order.js';
import { checkImages, checkImageShape } from './check-images.js';
import { crossEntropy } from './cross-entropy.js';
import { flipAtRandom } from './flip-at-random.js';
import { imageDecoder } from './image-decoder.js';
import { networkShape, type NetworkOptions, type NetworkShape } from './network-options.js';
import { patchDiscriminator } from './patch-discriminator.js';
import { seedStream } from './seed-stream.js';
import type { Tf, Trainer } from './trainer.js';

export interface DcganOptions extends NetworkOptions {
  /** Default 16. */
  readonly batchSize?: number;
  /** Of Adam(·, 0.5). Default 0.001 each. */
  readonly learningRates?: { readonly generator?: number; readonly discriminator?: number };
  /** Training steps an epoch. Default: one pass over the images. */
  readonly stepsPerEpoch?: number;
  /** Decides initial weights, latents, flips and the order of images. Default 0. */
  readonly seed?: number;
  /** Makes the training go wrong on purpose after so many healthy epochs: see {@link createDcgan}. */
  readonly collapseAfterEpochs?: number;
}

/** Losses of one step, or their means over an epoch. */
export interface DcganLogs {
  /** Cross-entropy of the discriminator on reference plus generated images; 1.39 where it can't tell them apart. */
  readonly discriminatorLoss: number;
  /** Non-saturating loss of the generator; low where the discriminator takes its images for reference images. */
  readonly generatorLoss: number;
}

export interface DcganEpochOptions {
  /** Called after each step with its number in the epoch, from 0, and awaited, so that other work gets a turn. */
  readonly onBatchEnd?: (step: number, logs: DcganLogs) => void | Promise<void>;
}

export interface DcganTrainer extends Trainer {
  /** Trains on one batch of images in [-1, 1], which stays the caller's. */
  step(batch: tfjs.Tensor4D): DcganLogs;
  /** Trains for an epoch on random batches and returns the mean losses. */
  epoch(images: tfjs.Tensor4D, options?: DcganEpochOptions): Promise<DcganLogs>;
}

/**
 * A small DCGAN (Radford, Metz & Chintala 2016) that learns textures within minutes on a CPU.
 *
 * Two things make it fast: the discriminator judges overlapping patches instead of whole images (Isola et al. 2017), so
 * that 16 images of 64×64 give a thousand opinions; and `generator` is the average of the trained generator over the
 * last steps (Yazıcı et al. 2019), which evens out the oscillation of the two players.
 *
 * With `collapseAfterEpochs` the discriminator stops learning after that many epochs, and the generator goes on faster.
 * Nothing punishes repetition any more, and the generator moves all its images to the pattern that this discriminator
 * happens to like best: mode collapse as it arises when the discriminator can't keep up (Metz et al. 2017).
 * @param tf the TensorFlow.js that trains; its backend must have the gradients of convolutions
 * @throws RangeError for options that make no network, and for images that don't fit it
 * @example
 * const trainer = createDcgan(tf, { size: 64, seed: 1 });
 * for (let epoch = 0; epoch < 10; epoch++) {
 *   const logs = await trainer.epoch(images);
 *   await monitor.epochEnd(epoch, logs);
 * }
 */
export function createDcgan(tf: Tf, options: DcganOptions = {}): DcganTrainer {
  return new Dcgan(tf, options);
}

/** How slowly the averaged generator follows the trained one: over some fifty steps. */
const AVERAGING = 0.98;
/** What the discriminator aims at for reference images: one-sided label smoothing (Salimans et al. 2016). */
const REFERENCE_LABEL = 0.9;
/** What a collapse multiplies the generator's learning rate by. */
const COLLAPSE_HASTE = 3;

class Dcgan implements DcganTrainer {
  readonly latentDim: number;
  readonly generator: tfjs.LayersModel;
  readonly #tf: Tf;
  readonly #options: DcganOptions;
  readonly #shape: NetworkShape;
  readonly #batchSize: number;
  readonly #nextSeed: () => number;
  readonly #random: RandomState;
  readonly #trained: tfjs.LayersModel;
  readonly #discriminator: tfjs.LayersModel;
  readonly #discriminatorOptimizer: tfjs.Optimizer;
  #generatorOptimizer: tfjs.Optimizer;
  #steps = 0;
  #epochs = 0;
  #collapsing = false;
  #order?: { readonly count: number; readonly batches: ReturnType<typeof batchOrder> };

  constructor(tf: Tf, options: DcganOptions) {
    this.#tf = tf;
    this.#options = options;
    this.#shape = networkShape(options, { latentDim: 64 });
    this.latentDim = this.#shape.latentDim;
    this.#batchSize = options.batchSize ?? 16;
    this.#nextSeed = seedStream(options.seed ?? 0);
    this.#random = new RandomState(this.#nextSeed());
    this.#trained = imageDecoder(tf, this.#shape, this.#nextSeed);
    this.#discriminator = patchDiscriminator(tf, this.#shape, this.#nextSeed);
    this.generator = imageDecoder(tf, this.#shape, this.#nextSeed);
    this.#generatorOptimizer = tf.train.adam(options.learningRates?.generator ?? 1e-3, 0.5);
    this.#discriminatorOptimizer = tf.train.adam(options.learningRates?.discriminator ?? 1e-3, 0.5);
  }

  step(batch: tfjs.Tensor4D): DcganLogs {
    checkImageShape(batch, this.#shape);
    const tf = this.#tf;
    this.#steps++;
    return tf.tidy(() => {
      const { loss: generatorLoss, generated } = this.#trainGenerator(batch.shape[0]);
      const reference = flipAtRandom(tf, batch, this.#random);
      const discriminatorLoss = this.#trainDiscriminator(reference, generated);
      generated.dispose();
      averageWeights(tf, this.generator, this.#trained, Math.min(AVERAGING, (this.#steps - 1) / (this.#steps + 9)));
      return { discriminatorLoss: discriminatorLoss.dataSync()[0]!, generatorLoss: generatorLoss.dataSync()[0]! };
    });
  }

  async epoch(images: tfjs.Tensor4D, { onBatchEnd }: DcganEpochOptions = {}): Promise<DcganLogs> {
    checkImages(images, this.#shape, this.#batchSize);
    if (this.#epochs++ === this.#options.collapseAfterEpochs) this.#startCollapse();
    const steps = this.#options.stepsPerEpoch ?? Math.ceil(images.shape[0] / this.#batchSize);
    const sum = { discriminatorLoss: 0, generatorLoss: 0 };
    for (let i = 0; i < steps; i++) {
      const batch = this.#nextBatch(images);
      const logs = this.step(batch);
      batch.dispose();
      sum.discriminatorLoss += logs.discriminatorLoss;
      sum.generatorLoss += logs.generatorLoss;
      await onBatchEnd?.(i, logs);
    }
    return { discriminatorLoss: sum.discriminatorLoss / steps, generatorLoss: sum.generatorLoss / steps };
  }

  dispose(): void {
    for (const model of [this.generator, this.#trained, this.#discriminator]) model.dispose();
    for (const optimizer of [this.#generatorOptimizer, this.#discriminatorOptimizer]) optimizer.dispose();
  }

  /** One step of the generator, and the images it made, so that the discriminator can learn from the same. */
  #trainGenerator(count: number): { loss: tfjs.Scalar; generated: tfjs.Tensor4D } {
    const tf = this.#tf;
    let generated: tfjs.Tensor4D | undefined;
    const loss = this.#generatorOptimizer.minimize(
      () => {
        const latents = tf.randomNormal([count, this.latentDim], 0, 1, 'float32', this.#nextSeed());
        generated = tf.keep(this.#trained.apply(latents, { training: true }) as tfjs.Tensor4D);
        return crossEntropy(tf, this.#judge(generated), 1);
      },
      true,
      variables(this.#trained),
    );
    return { loss: loss!, generated: generated! };
  }

  #trainDiscriminator(reference: tfjs.Tensor4D, generated: tfjs.Tensor4D): tfjs.Scalar {
    const tf = this.#tf;
    const loss = () =>
      tf.add<tfjs.Scalar>(
        crossEntropy(tf, this.#judge(reference), REFERENCE_LABEL),
        crossEntropy(tf, this.#judge(generated), 0),
      );
    if (this.#collapsing) return loss();
    return this.#discriminatorOptimizer.minimize(loss, true, variables(this.#discriminator))!;
  }

  #judge(images: tfjs.Tensor4D): tfjs.Tensor {
    return this.#discriminator.apply(images, { training: true }) as tfjs.Tensor;
  }

  #nextBatch(images: tfjs.Tensor4D): tfjs.Tensor4D {
    const tf = this.#tf;
    const count = images.shape[0];
    if (this.#order?.count !== count) {
      this.#order = { count, batches: batchOrder(count, this.#batchSize, this.#random) };
    }
    const indices = this.#order.batches.next().value;
    return tf.tidy(() => tf.gather(images, tf.tensor1d(indices, 'int32')));
  }

  #startCollapse(): void {
    this.#collapsing = true;
    this.#generatorOptimizer.dispose();
    const learningRate = this.#options.learningRates?.generator ?? 1e-3;
    this.#generatorOptimizer = this.#tf.train.adam(COLLAPSE_HASTE * learningRate, 0.5);
  }
}

/** What an optimiser may change in a model. */
function variables(model: tfjs.LayersModel): tfjs.Variable[] {
  return model.trainableWeights.map((weight) => weight.read() as tfjs.Variable);
}
