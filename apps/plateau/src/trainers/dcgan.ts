import type * as tfjs from '@tensorflow/tfjs';
import { AdversarialTrainer, variablesOf, type AdversarialOptions, type Losses } from './adversarial-trainer.js';
import { crossEntropy } from './cross-entropy.js';
import type { Tf } from './trainer.js';

export interface DcganOptions extends AdversarialOptions {
  /** Of Adam(·, 0.5). Default 0.001 each. */
  readonly learningRates?: { readonly generator?: number; readonly discriminator?: number };
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

/** A generator and a discriminator in training. */
export type DcganTrainer = AdversarialTrainer<DcganLogs>;

/**
 * A small DCGAN (Radford, Metz & Chintala 2016) that learns textures within minutes on a CPU.
 *
 * The discriminator judges overlapping patches instead of whole images (Isola et al. 2017), so that 16 images of 64×64
 * give a thousand opinions. `generator` is the average of the trained generator over the last steps.
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

/** What the discriminator aims at for reference images: one-sided label smoothing (Salimans et al. 2016). */
const REFERENCE_LABEL = 0.9;
/** What a collapse multiplies the generator's learning rate by. */
const COLLAPSE_HASTE = 3;

class Dcgan extends AdversarialTrainer<DcganLogs> {
  readonly #options: DcganOptions;
  readonly #discriminatorOptimizer: tfjs.Optimizer;
  #generatorOptimizer: tfjs.Optimizer;
  #collapsing = false;

  constructor(tf: Tf, options: DcganOptions) {
    super(tf, options);
    this.#options = options;
    this.#generatorOptimizer = tf.train.adam(options.learningRates?.generator ?? 1e-3, 0.5);
    this.#discriminatorOptimizer = tf.train.adam(options.learningRates?.discriminator ?? 1e-3, 0.5);
  }

  protected override train(batch: tfjs.Tensor4D): Losses<DcganLogs> {
    const { loss: generatorLoss, generated } = this.#trainGenerator(batch.shape[0]);
    const discriminatorLoss = this.#trainDiscriminator(this.flip(batch), generated);
    generated.dispose();
    this.average();
    return { discriminatorLoss, generatorLoss };
  }

  protected override optimizers(): readonly tfjs.Optimizer[] {
    return [this.#generatorOptimizer, this.#discriminatorOptimizer];
  }

  protected override beginEpoch(): void {
    if (this.epochs !== this.#options.collapseAfterEpochs) return;
    this.#collapsing = true;
    this.#generatorOptimizer.dispose();
    const learningRate = this.#options.learningRates?.generator ?? 1e-3;
    this.#generatorOptimizer = this.tf.train.adam(COLLAPSE_HASTE * learningRate, 0.5);
  }

  /** One step of the generator, and the images it made, so that the discriminator can learn from the same. */
  #trainGenerator(count: number): { loss: tfjs.Scalar; generated: tfjs.Tensor4D } {
    const { tf } = this;
    let generated: tfjs.Tensor4D | undefined;
    const loss = this.#generatorOptimizer.minimize(
      () => {
        generated = tf.keep(this.generate(count));
        return crossEntropy(tf, this.judge(this.augment(generated)), 1);
      },
      true,
      variablesOf(this.trained),
    );
    return { loss: loss!, generated: generated! };
  }

  #trainDiscriminator(reference: tfjs.Tensor4D, generated: tfjs.Tensor4D): tfjs.Scalar {
    const { tf } = this;
    const loss = () =>
      tf.add<tfjs.Scalar>(
        crossEntropy(tf, this.judge(this.augment(reference)), REFERENCE_LABEL),
        crossEntropy(tf, this.judge(this.augment(generated)), 0),
      );
    if (this.#collapsing) return loss();
    return this.#discriminatorOptimizer.minimize(loss, true, variablesOf(this.discriminator))!;
  }
}
