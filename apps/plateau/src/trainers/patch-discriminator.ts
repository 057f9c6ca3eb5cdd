import type * as tfjs from '@tensorflow/tfjs';
import { imageEncoder } from './image-encoder.js';
import type { NetworkShape } from './network-options.js';
import type { Tf } from './trainer.js';

/** Images to a map of logits, one for each patch of 38×38 pixels (Isola et al. 2017), 8 pixels apart. */
export function patchDiscriminator(tf: Tf, shape: NetworkShape, nextSeed: () => number): tfjs.Sequential {
  const discriminator = imageEncoder(tf, shape, nextSeed);
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
