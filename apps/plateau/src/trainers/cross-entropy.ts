import type * as tfjs from '@tensorflow/tfjs';
import type { Tf } from './trainer.js';

/** Mean binary cross-entropy between logits and one label for all of them, from 0 (generated) to 1 (reference). */
export function crossEntropy(tf: Tf, logits: tfjs.Tensor, label: number): tfjs.Scalar {
  return tf.mean(tf.sub(tf.softplus(logits), tf.mul(logits, label)));
}
