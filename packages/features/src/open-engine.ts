import { createOnnxruntimeEngine, importOnnxruntime, type Onnxruntime } from './engines/onnxruntime-engine.js';
import type { Engine } from './engines/engine.js';
import { hasWasm, importTfjs, type BackendName } from './engines/import-tfjs.js';
import { createTfjsEngine } from './engines/tfjs-engine.js';
import type { Network } from './network/network.js';
import type { Tfjs } from './tfjs/to-layers-model.js';
import type { NetworkWeights } from './weights/network-weights.js';

/** What runs the network: native kernels, or the current backend of TensorFlow.js. */
export type EngineName = 'onnxruntime' | 'tfjs';

export interface EngineOptions {
  readonly network: Network;
  readonly weights: NetworkWeights;
  /** @default the fastest installed */
  readonly engine: EngineName | undefined;
  readonly tf: Tfjs | undefined;
  /** Of tfjs, where no `tf` is given. @default the fastest installed */
  readonly backend?: BackendName;
  readonly onWarning: (message: string) => void;
}

/** Loads the network into the engine that was asked for, or else into the fastest one installed. */
export async function openEngine(options: EngineOptions): Promise<Engine> {
  const { network, weights, engine, onWarning } = options;
  if (engine === 'tfjs' || options.backend !== undefined) return openTfjs(options);
  if (engine === 'onnxruntime') return createOnnxruntimeEngine(await importOnnxruntime(), network, weights);
  let ort: Onnxruntime;
  try {
    ort = await importOnnxruntime();
  } catch (error) {
    onWarning(`${(error as Error).message} (until then features come from tfjs, several times slower)`);
    return openTfjs(options);
  }
  return createOnnxruntimeEngine(ort, network, weights);
}

async function openTfjs(options: EngineOptions): Promise<Engine> {
  const { network, weights, onWarning } = options;
  const tf = options.tf ?? (await importTfjs(options.backend)).tf;
  await tf.ready();
  const instead = options.backend === undefined && tf.getBackend() === 'cpu' && (await hasWasm()) ? 'wasm' : undefined;
  const engine = await createTfjsEngine(tf, network, weights, instead);
  if (engine.name === 'tfjs-cpu' && options.backend === undefined) {
    onWarning(
      'InceptionV3 takes most of a minute an image on tfjs-cpu: npm install onnxruntime-node or @tensorflow/tfjs-backend-wasm',
    );
  }
  return engine;
}
