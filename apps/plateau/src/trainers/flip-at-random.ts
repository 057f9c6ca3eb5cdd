import type * as tfjs from '@tensorflow/tfjs';
import type { RandomState } from '@plateau/numerics';
import type { Tf } from './trainer.js';

/** The batch, upside down or mirrored or both or neither: micrographs have no top. */
export function flipAtRandom(tf: Tf, images: tfjs.Tensor4D, random: RandomState): tfjs.Tensor4D {
  const axes = [1, 2].filter(() => random.random() < 0.5);
  return axes.length === 0 ? images : tf.reverse(images, axes);
}
