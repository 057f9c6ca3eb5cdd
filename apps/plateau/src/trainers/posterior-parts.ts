import type * as tfjs from '@tensorflow/tfjs';
import type { Tf } from './trainer.js';

/** Bounds of a log variance, far beyond what a trained posterior has: exp of an outlier would swamp an epoch. */
const [LEAST, MOST] = [-20, 4] as const;

/** Means and log variances of posteriors [n, 2·latentDim], n×latentDim each. */
export function posteriorParts(tf: Tf, posterior: tfjs.Tensor): [tfjs.Tensor, tfjs.Tensor] {
  const [means, logVariances] = tf.split(posterior, 2, 1) as [tfjs.Tensor, tfjs.Tensor];
  return [means, tf.clipByValue(logVariances, LEAST, MOST)];
}
