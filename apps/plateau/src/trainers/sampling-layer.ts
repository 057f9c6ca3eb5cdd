import type * as tfjs from '@tensorflow/tfjs';
import { posteriorParts } from './posterior-parts.js';
import type { Tf } from './trainer.js';

/**
 * The reparameterisation of a VAE (Kingma & Welling 2014) as a layer: [n, 2·latentDim] means and log variances to
 * [n, latentDim] samples while training, to the means otherwise.
 */
export function samplingLayer(tf: Tf, nextSeed: () => number): tfjs.layers.Layer {
  class Sampling extends tf.layers.Layer {
    static readonly className = 'Sampling';

    override computeOutputShape(inputShape: tfjs.Shape): tfjs.Shape {
      return [inputShape[0]!, inputShape[1]! / 2];
    }

    override call(inputs: tfjs.Tensor | tfjs.Tensor[], { training }: { training?: boolean }): tfjs.Tensor {
      return tf.tidy(() => {
        const [means, logVariances] = posteriorParts(tf, [inputs].flat()[0]!);
        if (!training) return means;
        const noise = tf.randomNormal(means.shape, 0, 1, 'float32', nextSeed());
        return tf.add(means, tf.mul(tf.exp(tf.mul(logVariances, 0.5)), noise));
      });
    }
  }
  return new Sampling({});
}
