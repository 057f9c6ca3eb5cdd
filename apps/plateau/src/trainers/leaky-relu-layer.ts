import type * as tfjs from '@tensorflow/tfjs';
import type { Tf } from './trainer.js';

/**
 * A leaky ReLU whose gradient has a gradient, as a gradient penalty needs.
 *
 * tfjs's own compares with 0 in its gradient, and comparisons have none; x·step(x) is the same function made of
 * differentiable parts.
 */
export function leakyReluLayer(tf: Tf, alpha: number): tfjs.layers.Layer {
  class TwiceDifferentiableLeakyRelu extends tf.layers.Layer {
    static readonly className = 'TwiceDifferentiableLeakyRelu';

    override computeOutputShape(inputShape: tfjs.Shape): tfjs.Shape {
      return inputShape;
    }

    override call(inputs: tfjs.Tensor | tfjs.Tensor[]): tfjs.Tensor {
      return tf.tidy(() => {
        const x = [inputs].flat()[0]!;
        return tf.mul(x, tf.step(x, alpha));
      });
    }
  }
  return new TwiceDifferentiableLeakyRelu({});
}
