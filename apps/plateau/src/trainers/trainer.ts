import type * as tfjs from '@tensorflow/tfjs';

/** The TensorFlow.js that trains, as `import * as tf from '@tensorflow/tfjs'` gives it. */
export type Tf = typeof tfjs;

/** What the demo trainers have in common. */
export interface Trainer {
  readonly latentDim: number;
  /** Latents [n, latentDim] from N(0, 1) to images [n, size, size, channels] in [-1, 1]. */
  readonly generator: tfjs.LayersModel;
  /** Frees the models and the optimisers' state. */
  dispose(): void;
}
