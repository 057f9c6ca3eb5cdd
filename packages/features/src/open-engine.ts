import { createOnnxruntimeEngine, importOnnxruntime } from './engines/onnxruntime-engine.js';
import type { Engine } from './engines/engine.js';
import { importTfjs } from './engines/import-tfjs.js';
import { createTfjsEngine } from './engines/tfjs-engine.js';
import type { Network } from './network/network.js';
import type { Tfjs } from './tfjs/to-layers-model.js';
import type { NetworkWeights } from './weights/network-weights.js';

/** What runs the network: native kernels, or the current backend of TensorFlow.js. */
export type EngineName = 'onnxruntime' | 'tfjs';

/** Loads the network into the engine that was asked for, or else into the fastest one installed. */
export async function openEngine(options: {
  network: Network;
  weights: NetworkWeights;
  engine: EngineName | undefined;
  tf: Tfjs | undefined;
  onWarning: (message: string) => void;
}): Promise<Engine> {
  const { network, weights, engine, onWarning } = options;
  const openTfjs = async (): Promise<Engine> => createTfjsEngine(options.tf ?? (await importTfjs()), network, weights);
  if (engine === 'tfjs') return openTfjs();
  if (engine === 'onnxruntime') return createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
  try {
    return await createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
  } catch (error) {
    const fallback = await openTfjs();
    onWarning(
      `${(error as Error).message}. Features come from ${fallback.name} instead, which is several times slower.`,
    );
    return fallback;
  }
}
