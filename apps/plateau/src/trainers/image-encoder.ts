import type * as tfjs from '@tensorflow/tfjs';
import { leakyReluLayer } from './leaky-relu-layer.js';
import type { NetworkShape } from './network-options.js';
import type { Tf } from './trainer.js';

/** How an encoder is built. */
export interface EncoderOptions {
  /** For gradient penalties. Default false. */
  readonly twiceDifferentiable?: boolean;
}

/**
 * Images to small maps: convolutions (kernel 4, stride 2) that double the channels, from `width` up, with leaky ReLU and,
 * but for the first, batch normalisation. A `twiceDifferentiable` encoder does without the latter: neither it nor tfjs's
 * leaky ReLU has a gradient of second order.
 */
export function imageEncoder(
  tf: Tf,
  shape: NetworkShape,
  nextSeed: () => number,
  { twiceDifferentiable = false }: EncoderOptions = {},
): tfjs.Sequential {
  const { size, channels, width, halvings } = shape;
  const encoder = tf.sequential();
  for (let depth = 0; depth < halvings; depth++) {
    encoder.add(
      tf.layers.conv2d({
        ...(depth === 0 ? { inputShape: [size, size, channels] } : {}),
        filters: width * 2 ** depth,
        kernelSize: 4,
        strides: 2,
        padding: 'same',
        kernelInitializer: tf.initializers.glorotNormal({ seed: nextSeed() }),
      }),
    );
    if (depth > 0 && !twiceDifferentiable) encoder.add(tf.layers.batchNormalization({ momentum: 0.9 }));
    encoder.add(twiceDifferentiable ? leakyReluLayer(tf, 0.2) : tf.layers.leakyReLU({ alpha: 0.2 }));
  }
  return encoder;
}
