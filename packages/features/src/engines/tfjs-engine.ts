import type { Tensor } from '@tensorflow/tfjs';
import { inputOf, type Network } from '../network/network.js';
import { toLayersModel, type Tfjs } from '../tfjs/to-layers-model.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import type { Engine } from './engine.js';

/**
 * Any TensorFlow.js backend: the one that is current in the caller's `tf`, or `backend`, which is then current only while
 * the network runs. Leaves no tensor behind.
 */
export async function createTfjsEngine(
  tf: Tfjs,
  network: Network,
  weights: NetworkWeights,
  backend?: string,
): Promise<Engine> {
  await tf.ready();
  const { channels, height, width } = inputOf(network);
  const model = toLayersModel(tf, network, weights, { foldBatchNorm: true });
  const callers = tf.getBackend();
  return {
    name: `tfjs-${backend ?? callers}`,
    layout: 'NHWC',
    batchSize: 4,
    async run(images, { count }) {
      if (backend !== undefined) await tf.setBackend(backend);
      try {
        const features = tf.tidy(() => model.predict(tf.tensor4d(images, [count, height, width, channels])) as Tensor);
        try {
          return (await features.data()) as Float32Array;
        } finally {
          features.dispose();
        }
      } finally {
        if (backend !== undefined) await tf.setBackend(callers);
      }
    },
    dispose() {
      model.dispose();
    },
  };
}
