import type * as tfjs from '@tensorflow/tfjs';
import { AdversarialTrainer, variablesOf, type AdversarialOptions, type Losses } from './adversarial-trainer.js';
import { gradientPenalty } from './gradient-penalty.js';
import type { Tf } from './trainer.js';

export interface WganGpOptions extends AdversarialOptions {
  /** Of Adam(·, 0, 0.9). Default 0.001 each. */
  readonly learningRates?: { readonly generator?: number; readonly critic?: number };
  /** Steps of the critic for one of the generator. Default 5. */
  readonly criticSteps?: number;
  /** Weight of the gradient penalty. Default 10. */
  readonly penaltyWeight?: number;
}

/** Values of one step, or their means over an epoch. */
export interface WganGpLogs {
  /** How far apart the critic holds reference and generated images: falls as the generator learns. */
  readonly wassersteinDistance: number;
  /** Mean of (length of the critic's gradient − 1)². */
  readonly gradientPenalty: number;
  /** Minus what the critic gives generated images; of the generator's last step. */
  readonly generatorLoss: number;
}

/** A generator and a critic in training. */
export type WganGpTrainer = AdversarialTrainer<WganGpLogs>;

/**
 * A WGAN with gradient penalty (Gulrajani et al. 2017) on the networks of {@link createDcgan}, without batch
 * normalisation in the critic: slower than the DCGAN, and its distance says how far the training is.
 *
 * Each step trains the critic on one batch; every `criticSteps`-th trains the generator too. The critic's opinion of an
 * image is the mean of those of its patches.
 * @param tf the TensorFlow.js that trains; its backend must have the gradients of convolutions
 * @throws RangeError for options that make no network, and for images that don't fit it
 * @example
 * const trainer = createWganGp(tf, { size: 64, seed: 1, augment: true });
 * for (let epoch = 0; epoch < 10; epoch++) {
 *   const logs = await trainer.epoch(images);
 *   await monitor.epochEnd(epoch, logs);
 * }
 */
export function createWganGp(tf: Tf, options: WganGpOptions = {}): WganGpTrainer {
  return new WganGp(tf, options);
}

class WganGp extends AdversarialTrainer<WganGpLogs> {
  readonly #criticSteps: number;
  readonly #penaltyWeight: number;
  readonly #generatorOptimizer: tfjs.Optimizer;
  readonly #criticOptimizer: tfjs.Optimizer;
  #steps = 0;
  #generatorLoss = 0;

  constructor(tf: Tf, options: WganGpOptions) {
    super(tf, options, { twiceDifferentiable: true });
    const { criticSteps = 5, penaltyWeight = 10, learningRates } = options;
    if (!Number.isInteger(criticSteps) || criticSteps < 1) {
      throw new RangeError(`got criticSteps ${criticSteps}, expected a positive integer`);
    }
    if (!(penaltyWeight >= 0 && Number.isFinite(penaltyWeight))) {
      throw new RangeError(`got penaltyWeight ${penaltyWeight}, expected a number of at least 0`);
    }
    this.#criticSteps = criticSteps;
    this.#penaltyWeight = penaltyWeight;
    this.#generatorOptimizer = tf.train.adam(learningRates?.generator ?? 1e-3, 0, 0.9);
    this.#criticOptimizer = tf.train.adam(learningRates?.critic ?? 1e-3, 0, 0.9);
  }

  override async step(batch: tfjs.Tensor4D): Promise<WganGpLogs> {
    const logs = await super.step(batch);
    this.#generatorLoss = logs.generatorLoss;
    return logs;
  }

  protected override train(batch: tfjs.Tensor4D): Losses<WganGpLogs> {
    const count = batch.shape[0];
    const losses = this.#trainCritic(this.augment(this.flip(batch)), this.augment(this.generate(count)));
    if (++this.#steps % this.#criticSteps !== 0) {
      return { ...losses, generatorLoss: this.tf.scalar(this.#generatorLoss) };
    }
    const generatorLoss = this.#trainGenerator(count);
    this.average();
    return { ...losses, generatorLoss };
  }

  protected override optimizers(): readonly tfjs.Optimizer[] {
    return [this.#generatorOptimizer, this.#criticOptimizer];
  }

  #trainCritic(reference: tfjs.Tensor4D, generated: tfjs.Tensor4D): Omit<Losses<WganGpLogs>, 'generatorLoss'> {
    const { tf } = this;
    const mix = tf.randomUniform<tfjs.Rank.R1>([reference.shape[0]], 0, 1, 'float32', this.nextSeed());
    let losses: Omit<Losses<WganGpLogs>, 'generatorLoss'> | undefined;
    this.#criticOptimizer.minimize(
      () => {
        const apart = tf.sub<tfjs.Scalar>(tf.mean(this.judge(reference)), tf.mean(this.judge(generated)));
        const steepness = gradientPenalty(tf, (images) => this.#opinion(images), reference, generated, mix);
        losses = { wassersteinDistance: tf.keep(apart), gradientPenalty: tf.keep(steepness) };
        return tf.sub<tfjs.Scalar>(tf.mul(steepness, this.#penaltyWeight), apart);
      },
      false,
      variablesOf(this.discriminator),
    );
    return losses!;
  }

  #trainGenerator(count: number): tfjs.Scalar {
    const { tf } = this;
    const loss = () => tf.neg<tfjs.Scalar>(tf.mean(this.judge(this.augment(this.generate(count)))));
    return this.#generatorOptimizer.minimize(loss, true, variablesOf(this.trained))!;
  }

  #opinion(images: tfjs.Tensor4D): tfjs.Tensor {
    return this.tf.mean(this.judge(images), [1, 2, 3]);
  }
}
