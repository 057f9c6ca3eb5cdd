import type * as tfjs from '@tensorflow/tfjs';
import type { Tf } from './trainer.js';

/**
 * The gradient penalty of WGAN-GP (Gulrajani et al. 2017, eq. 3): the mean of (‖∇critic(x̂)‖₂ − 1)² over images x̂ that
 * lie at random places between reference and generated ones.
 *
 * Its own gradient is one of second order. tfjs has that for convolutions (towards the image), dense layers, products, ReLU
 * and softplus. It refuses it for its leaky ReLU, and for tanh, sigmoid, exp and ELU, which keep their output for the
 * gradient, it silently leaves a part out. The critic may have none of these, nor batch normalisation, which would mix
 * the images of a batch.
 * @param critic images [n, h, w, c] to one number an image, [n]
 * @param mix n shares of the reference image, from 0 to 1
 */
export function gradientPenalty(
  tf: Tf,
  critic: (images: tfjs.Tensor4D) => tfjs.Tensor,
  reference: tfjs.Tensor4D,
  generated: tfjs.Tensor4D,
  mix: tfjs.Tensor1D,
): tfjs.Scalar {
  const share = tf.reshape(mix, [-1, 1, 1, 1]);
  const between = tf.add<tfjs.Tensor4D>(generated, tf.mul(share, tf.sub(reference, generated)));
  const slope = tf.grad((images) => tf.sum(critic(images as tfjs.Tensor4D)))(between);
  // The square root has no slope at 0.
  const length = tf.sqrt(tf.add(tf.sum(tf.square(slope), [1, 2, 3]), 1e-12));
  return tf.mean(tf.square(tf.sub(length, 1)));
}
