import type * as tfjs from '@tensorflow/tfjs';
import type { Tf } from './trainer.js';

/** Moves the weights of `average` towards those of `trained`, a model of the same layers, keeping the share `decay`. */
export function averageWeights(tf: Tf, average: tfjs.LayersModel, trained: tfjs.LayersModel, decay: number): void {
  tf.tidy(() => {
    average.weights.forEach((weight, i) => {
      weight.write(tf.add(tf.mul(weight.read(), decay), tf.mul(trained.weights[i]!.read(), 1 - decay)));
    });
  });
}
