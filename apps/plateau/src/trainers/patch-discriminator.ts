import type * as tfjs from '@tensorflow/tfjs';
import { imageEncoder, type EncoderOptions } from './image-encoder.js';
import type { NetworkShape } from './network-options.js';
import type { Tf } from './trainer.js';

/**
 * Images to a map of logits, one for each overlapping patch (Isola et al. 2017): 38×38 pixels, 8 apart, for images of 64;
 * 78×78, 16 apart, for 128.
 */
export function patchDiscriminator(
  tf: Tf,
  shape: NetworkShape,
  nextSeed: () => number,
  options: EncoderOptions = {},
): tfjs.Sequential {
  const discriminator = imageEncoder(tf, shape, nextSeed, options);
  discriminator.add(
    tf.layers.conv2d({
      filters: 1,
      kernelSize: 3,
      padding: 'same',
      kernelInitializer: tf.initializers.randomNormal({ stddev: 0.02, seed: nextSeed() }),
    }),
  );
  return discriminator;
}
