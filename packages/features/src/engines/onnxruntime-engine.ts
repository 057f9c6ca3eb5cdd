import type * as onnxruntime from 'onnxruntime-node';
import { inputOf, type Network } from '../network/network.js';
import { outputName, toOnnx } from '../onnx/to-onnx.js';
import type { NetworkWeights } from '../weights/network-weights.js';
import type { Engine } from './engine.js';
import { openLanes } from './onnxruntime-lanes.js';

/** The package onnxruntime-node. */
export type Onnxruntime = typeof onnxruntime;

/**
 * Imports onnxruntime-node.
 * @param load how to get the package
 * @throws Error when it isn't installed or its native library doesn't load on this machine
 */
export async function importOnnxruntime(
  load: () => Promise<Onnxruntime> = () => import('onnxruntime-node'),
): Promise<Onnxruntime> {
  try {
    return await load();
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const reason = code === 'ERR_MODULE_NOT_FOUND' ? 'is not installed' : `doesn't load (${message.split('\n')[0]})`;
    throw new Error(`onnxruntime-node ${reason}: npm install onnxruntime-node`, { cause });
  }
}

/**
 * Native CPU kernels on all cores: the fastest engine without a GPU.
 * @param options.maps as for {@link toOnnx}
 */
export async function createOnnxruntimeEngine(
  ort: Onnxruntime,
  network: Network,
  weights: NetworkWeights,
  options: { maps?: boolean } = {},
): Promise<Engine> {
  const { name, channels, height, width } = inputOf(network);
  const output = outputName(network);
  const model = toOnnx(network, weights, options);
  const session = await ort.InferenceSession.create(model, { graphOptimizationLevel: 'all' });
  return {
    name: 'onnxruntime',
    layout: 'NCHW',
    batchSize: 8,
    async run(images, { count }) {
      const tensor = new ort.Tensor('float32', images, [count, channels, height, width]);
      const result = await session.run({ [name]: tensor });
      return result[output]!.data as Float32Array;
    },
    openLanes: () =>
      openLanes(() => {
        const bytes = new SharedArrayBuffer(model.length);
        new Uint8Array(bytes).set(model);
        return { bytes, input: name, output };
      }),
    dispose() {
      void session.release();
    },
  };
}
