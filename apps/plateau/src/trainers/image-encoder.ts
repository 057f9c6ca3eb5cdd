import type * as tfjs from '@tensorflow/tfjs';
import type { NetworkShape } from './network-options.js';
import type { Tf } from './trainer.js';

/**
 * Images to maps of size/8 with 4·width channels: three convolutions (kernel 4, stride 2) with batch normalisation, but
 * for the first, and leaky ReLU.
 */
export function imageEncoder(tf: Tf, shape: NetworkShape, nextSeed: () => number): tfjs.Sequential {
  const { size, channels, width } = shape;
  const encoder = tf.sequential();
  [width, 2 * width, 4 * width].forEach((filters, depth) => {
    encoder.add(
      tf.layers.conv2d({
        ...(depth === 0 ? { inputShape: [size, size, channels] } : {}),
        filters,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        kernelInitializer: tf.initializers.glorotNormal({ seed: nextSeed() }),
      }),
    );
    if (depth > 0) encoder.add(tf.layers.batchNormalization({ momentum: 0.9 }));
    encoder.add(tf.layers.leakyReLU({ alpha: 0.2 }));
  });
  return encoder;
}
