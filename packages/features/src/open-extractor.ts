import type { FeatureExtractor } from './feature-extractor.js';
import { describeInceptionV3 } from './network/inception-v3.js';
import { networkUpTo } from './network/network-up-to.js';
import { NetworkExtractor } from './network-extractor.js';
import { openEngine, type EngineName } from './open-engine.js';
import type { Tfjs } from './tfjs/to-layers-model.js';
import { loadWeights, type WeightsSource } from './weights/load-weights.js';

export interface ExtractorOptions {
  /** `bundled`: the weights in the package nsfwjs. `random:<seed>`: an untrained network. */
  readonly weights: WeightsSource;
  /** @default onnxruntime where it works on this machine, else tfjs, with a warning */
  readonly engine?: EngineName;
  /**
   * The caller's TensorFlow.js, with its backend chosen, for the `tfjs` engine.
   * @default `@tensorflow/tfjs` as installed, on WebAssembly if @tensorflow/tfjs-backend-wasm is there too
   */
  readonly tf?: Tfjs;
  /** `pool` (2048 values), a block `mixed0` … `mixed10` averaged over the image, or any other node. @default 'pool' */
  readonly layer?: string;
  /** @default 'clean' */
  readonly resize?: 'clean';
  /** Images that go through the network at once: bounds memory. @default 8 for onnxruntime, 4 for tfjs */
  readonly batchSize?: number;
  /** Told in one line what is not as it should be. @default `process.emitWarning` */
  readonly onWarning?: (message: string) => void;
}

/**
 * Opens InceptionV3 as a feature extractor.
 *
 * Images of any size and range, grey or RGB, are resized to 299×299 by clean-fid's antialiased bicubic. Features depend on
 * the weights: only compare numbers of equal `weightsSha256`. Call `dispose()` when done.
 * @throws RangeError for an unknown option; Error, saying what to install, when weights or engine are missing
 * @example
 * const extractor = await openExtractor({ weights: 'bundled' });
 * const features = await extractor.extract(batch);
 * features.cols // => 2048
 */
export async function openExtractor(options: ExtractorOptions): Promise<FeatureExtractor> {
  checkOptions(options);
  const { layer = 'pool', tf, batchSize, onWarning = (message) => process.emitWarning(message) } = options;
  const inception = describeInceptionV3({ variant: 'keras' });
  const network = networkUpTo(inception, layer);
  const weights = await loadWeights(inception, options.weights);
  const engine = await openEngine({ network, weights, engine: options.engine, tf, onWarning });
  return new NetworkExtractor({ network, layer, weights, engine, batchSize });
}

function checkOptions({ engine, resize, batchSize }: ExtractorOptions): void {
  if (engine !== undefined && engine !== 'onnxruntime' && engine !== 'tfjs') {
    throw new RangeError(`unknown engine '${String(engine)}': expected 'onnxruntime' or 'tfjs'`);
  }
  if (resize !== undefined && resize !== 'clean') {
    throw new RangeError(`unknown resize '${String(resize)}': expected 'clean'`);
  }
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`batchSize is ${batchSize}, expected a whole number of 1 or more`);
  }
}
