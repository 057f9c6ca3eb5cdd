import type * as tfjs from '@tensorflow/tfjs';

/** The caller's TensorFlow.js. */
export type TensorFlow = typeof tfjs;

/** How large a U-Net is. */
export interface UNetOptions {
  /** Filters of the finest level, doubled at each coarser one; 12 by default. */
  readonly filters?: number;
  /** Levels below the finest; 3 by default: sides must be multiples of 8. */
  readonly depth?: number;
  readonly seed?: number;
}

/**
 * A U-Net (Ronneberger, Fischer and Brox 2015) with padded convolutions, strided ones to go down and transposed ones to
 * go up, for any size whose sides are multiples of 2^depth.
 * @returns a model from [n, height, width, 1] grey levels, standardised, to the logit of wall
 */
export function createUNet(tf: TensorFlow, { filters = 12, depth = 3, seed = 0 }: UNetOptions = {}): tfjs.LayersModel {
  // TensorFlow.js takes a seed of 0 for none.
  let layer = 1;
  const initializer = (): ReturnType<typeof tf.initializers.heNormal> =>
    tf.initializers.heNormal({ seed: seed * 1000 + layer++ });
  const convolve = (x: tfjs.SymbolicTensor, width: number, strides = 1): tfjs.SymbolicTensor =>
    tf.layers
      .conv2d({
        filters: width,
        kernelSize: 3,
        strides,
        padding: 'same',
        activation: 'relu',
        kernelInitializer: initializer(),
      })
      .apply(x) as tfjs.SymbolicTensor;
  const input = tf.input({ shape: [null, null, 1] });
  let x = convolve(convolve(input, filters), filters);
  const skips: tfjs.SymbolicTensor[] = [];
  for (let level = 1; level <= depth; level++) {
    skips.push(x);
    const width = filters * 2 ** level;
    x = convolve(convolve(x, width, 2), width);
  }
  for (let level = depth - 1; level >= 0; level--) {
    const width = filters * 2 ** level;
    const up = tf.layers
      .conv2dTranspose({ filters: width, kernelSize: 2, strides: 2, padding: 'same', kernelInitializer: initializer() })
      .apply(x) as tfjs.SymbolicTensor;
    const joined = tf.layers.concatenate().apply([skips[level]!, up]) as tfjs.SymbolicTensor;
    x = convolve(convolve(joined, width), width);
  }
  const logits = tf.layers
    .conv2d({ filters: 1, kernelSize: 1, padding: 'same', kernelInitializer: initializer() })
    .apply(x);
  return tf.model({ inputs: input, outputs: logits as tfjs.SymbolicTensor });
}
