import type { Tensor } from '@tensorflow/tfjs';
import { inputOf, type Network } from '../network/network.js';
import { toLayersModel, type Tfjs } from '../tfjs/to-layers-model.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import type { Engine } from './engine.js';

/** Any TensorFlow.js backend: the one that is current in the caller's `tf`. Leaves no tensor behind. */
export async function createTfjsEngine(tf: Tfjs, network: Network, weights: NetworkWeights): Promise<Engine> {
  await tf.ready();
  const { channels, height, width } = inputOf(network);
  const model = toLayersModel(tf, network, weights, { foldBatchNorm: true });
  return {
    name: `tfjs-${tf.getBackend()}`,
    layout: 'NHWC',
    batchSize: 4,
    async run(images, { count }) {
      const features = tf.tidy(() => model.predict(tf.tensor4d(images, [count, height, width, channels])) as Tensor);
      try {
        return (await features.data()) as Float32Array;
      } finally {
        features.dispose();
      }
    },
    dispose() {
      model.dispose();
    },
  };
}
