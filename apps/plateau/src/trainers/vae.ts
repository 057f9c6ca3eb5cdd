import type * as tfjs from '@tensorflow/tfjs';
import { checkImages } from './check-images.js';
import { imageDecoder } from './image-decoder.js';
import { imageEncoder } from './image-encoder.js';
import { networkShape, type NetworkOptions } from './network-options.js';
import { posteriorParts } from './posterior-parts.js';
import { samplingLayer } from './sampling-layer.js';
import { seedStream } from './seed-stream.js';
import type { Tf, Trainer } from './trainer.js';

export interface VaeOptions extends NetworkOptions {
  /** Length of a latent vector. Default 32 at 64 pixels and below, and as many more as the image has: 128 at 128. */
  readonly latentDim?: number;
  /** Default 16. */
  readonly batchSize?: number;
  /** Of Adam. Default 0.002. */
  readonly learningRate?: number;
  /** Variance of a pixel around its reconstruction; smaller gives sharper reconstructions and worse samples. Default 0.1. */
  readonly pixelVariance?: number;
  /** Decides initial weights and noise. Default 0. */
  readonly seed?: number;
}

export interface VaeFitOptions {
  readonly epochs: number;
  /** Handed to `model.fit`: instances such as `createCallback(tf, monitor)`. */
  readonly callbacks?: tfjs.CustomCallback[];
}

export interface VaeTrainer extends Trainer {
  /** Images to their reconstructions and posteriors (means, then log variances); compiled. */
  readonly model: tfjs.LayersModel;
  /** Trains through `model.fit`; the images are taken in their order. The loss is the negative evidence bound in nats. */
  fit(images: tfjs.Tensor4D, options: VaeFitOptions): Promise<tfjs.History>;
}

/**
 * A convolutional variational autoencoder (Kingma & Welling 2014) that trains through `model.fit`.
 *
 * tfjs has no loss on inner values of a model, so the posterior is a second output with a loss of its own, its
 * divergence from N(0, 1), and a target that no one looks at.
 * @param tf the TensorFlow.js that trains; its backend must have the gradients of convolutions
 * @throws RangeError for options that make no network, and for images that don't fit it
 * @example
 * const trainer = createVae(tf, { size: 64, seed: 1 });
 * await trainer.fit(images, { epochs: 10, callbacks: [createCallback(tf, monitor)] });
 */
export function createVae(tf: Tf, options: VaeOptions = {}): VaeTrainer {
  const { batchSize = 16, learningRate = 2e-3, pixelVariance = 0.1, seed = 0 } = options;
  const shape = networkShape(options, { latentDim: latentDimOf(options.size ?? 64) });
  const { size, channels, latentDim } = shape;
  const nextSeed = seedStream(seed);
  const encoder = imageEncoder(tf, shape, nextSeed);
  const generator = imageDecoder(tf, shape, nextSeed);
  const image = tf.input({ shape: [size, size, channels] });
  const kernelInitializer = tf.initializers.glorotNormal({ seed: nextSeed() });
  const posterior = tf.layers
    .dense({ name: 'posterior', units: 2 * latentDim, kernelInitializer })
    .apply(tf.layers.flatten().apply(encoder.apply(image))) as tfjs.SymbolicTensor;
  const reconstruction = generator.apply(samplingLayer(tf, nextSeed).apply(posterior)) as tfjs.SymbolicTensor;
  const model = tf.model({ inputs: image, outputs: [reconstruction, posterior] });
  const optimizer = tf.train.adam(learningRate);
  model.compile({
    optimizer,
    loss: [(target, output) => pixelLoss(tf, target, output, pixelVariance), (_, output) => divergence(tf, output)],
  });

  return {
    latentDim,
    generator,
    model,
    async fit(images, { epochs, callbacks }) {
      await checkImages(images, shape, batchSize);
      const ignored = tf.zeros([images.shape[0], 2 * latentDim]);
      try {
        return await model.fit(images, [images, ignored], { epochs, batchSize, callbacks, shuffle: false, verbose: 0 });
      } finally {
        ignored.dispose();
      }
    },
    dispose() {
      model.dispose();
      optimizer.dispose();
    },
  };
}

/** A larger image shows more of a material, not more of one thing: latents grow with its area. */
function latentDimOf(size: number): number {
  return Math.max(32, Math.round(32 * (size / 64) ** 2));
}

/** Negative log likelihood of each image under a normal distribution around its reconstruction, up to a constant. */
function pixelLoss(tf: Tf, target: tfjs.Tensor, output: tfjs.Tensor, variance: number): tfjs.Tensor {
  return tf.mul(tf.sum(tf.squaredDifference(target, output), [1, 2, 3]), 1 / (2 * variance));
}

/** Kullback-Leibler divergence of each posterior from N(0, 1). */
function divergence(tf: Tf, posterior: tfjs.Tensor): tfjs.Tensor {
  const [means, logVariances] = posteriorParts(tf, posterior);
  const terms = tf.sub(tf.add(tf.exp(logVariances), tf.square(means)), tf.add(logVariances, 1));
  return tf.mul(tf.sum(terms, 1), 0.5);
}
