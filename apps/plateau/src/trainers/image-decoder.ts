import type * as tfjs from '@tensorflow/tfjs';
import type { NetworkShape } from './network-options.js';
import type { Tf } from './trainer.js';

/**
 * Latents to images in [-1, 1]: a dense layer to the smallest maps, then transposed convolutions (kernel 4, stride 2,
 * after Radford, Metz & Chintala 2016) with batch normalisation and ReLU between them, until the image is there.
 *
 * The moving averages that predictions use forget by a tenth a step: a demo has too few steps for tfjs's default.
 */
export function imageDecoder(tf: Tf, shape: NetworkShape, nextSeed: () => number): tfjs.Sequential {
  const { size, channels, latentDim, width, halvings } = shape;
  const side = size / 2 ** halvings;
  const deepest = width * 2 ** (halvings - 1);
  const kernelInitializer = () => tf.initializers.glorotNormal({ seed: nextSeed() });
  const upsampling = { kernelSize: 4, strides: 2, padding: 'same' as const };

  const decoder = tf.sequential({ name: 'reconstruction' });
  const units = side * side * deepest;
  decoder.add(
    tf.layers.dense({ inputShape: [latentDim], units, useBias: false, kernelInitializer: kernelInitializer() }),
  );
  decoder.add(tf.layers.reshape({ targetShape: [side, side, deepest] }));
  for (let filters = deepest / 2; filters >= width; filters /= 2) {
    decoder.add(tf.layers.batchNormalization({ momentum: 0.9 }));
    decoder.add(tf.layers.reLU());
    decoder.add(
      tf.layers.conv2dTranspose({ ...upsampling, filters, useBias: false, kernelInitializer: kernelInitializer() }),
    );
  }
  decoder.add(tf.layers.batchNormalization({ momentum: 0.9 }));
  decoder.add(tf.layers.reLU());
  decoder.add(
    tf.layers.conv2dTranspose({
      ...upsampling,
      filters: channels,
      activation: 'tanh',
      kernelInitializer: kernelInitializer(),
    }),
  );
  return decoder;
}
