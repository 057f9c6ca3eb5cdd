import type { FeatureExtractor } from './feature-extractor.js';
import type { CropMargins, ValueRange } from '@plateau/images';
import type { Network } from './network/network.js';
import { networkUpTo } from './network/network-up-to.js';
import { NetworkExtractor } from './network-extractor.js';
import { backendNames, type BackendName } from './engines/import-tfjs.js';
import { openEngine, type EngineName } from './open-engine.js';
import type { Tfjs } from './tfjs/to-layers-model.js';
import { openOnnxExtractor, type OnnxInput } from './open-onnx-extractor.js';
import { resizeNames, type ResizeName } from './prepare/prepare-images.js';
import { requireHash } from './store/onnx-store.js';
import { onnxInStore } from './store/weights-store.js';
import { openWeights } from './weights/open-weights.js';
import { checkWeights } from './weights/weight-shapes.js';

export interface ExtractorOptions {
  /**
   * `bundled`: the weights in the package nsfwjs. `random:<seed>`: an untrained network. A path that ends in `.safetensors`:
   * weights that were fine-tuned or exported. One that ends in `.onnx`: any network of yours. Another name: weights of the
   * store, such as `fid`.
   */
  readonly weights: string;
  /** @default onnxruntime where it works on this machine, else tfjs, with a warning */
  readonly engine?: EngineName;
  /**
   * The caller's TensorFlow.js, with its backend chosen, for the `tfjs` engine.
   * @default the fastest of tfjs-node-gpu, tfjs-node, and `@tensorflow/tfjs` on WebGPU or WebAssembly that is installed
   */
  readonly tf?: Tfjs;
  /** What tfjs computes on where no `tf` is given; asks for the `tfjs` engine. @default the fastest installed */
  readonly backend?: BackendName;
  /**
   * `pool` (2048 values), a block `mixed0` … `mixed10` averaged over the image, or any other node; of the FID network also
   * `64`, `192`, `768`, `2048`. @default InceptionV3's `pool`; the output of another network
   */
  readonly layer?: string;
  /** @default 'clean' */
  readonly resize?: ResizeName;
  /** Pixels cut off the sides first: the information bar of a micrograph. @default none */
  readonly crop?: CropMargins;
  /** Values, in the images' own range, that become black and white; for 16-bit images that use a part of theirs. */
  readonly window?: ValueRange;
  /** How an `.onnx` file that doesn't say so itself wants its images. */
  readonly onnxInput?: OnnxInput;
  /** Images that go through the network at once: bounds memory. @default 8 for onnxruntime, 4 for tfjs */
  readonly batchSize?: number;
  /** Told in one line what is not as it should be. @default `process.emitWarning` */
  readonly onWarning?: (message: string) => void;
}

/**
 * Opens a network as a feature extractor: InceptionV3, SqueezeNet 1.1, or any `.onnx` file.
 *
 * Images of any size and range, grey or RGB, are resized to what the network reads. Features depend on
 * the weights: only compare numbers of equal `weightsSha256`. Call `dispose()` when done.
 * @throws RangeError for an unknown option; Error, saying what to install, when weights or engine are missing
 * @example
 * const extractor = await openExtractor({ weights: 'bundled' });
 * const features = await extractor.extract(batch);
 * features.cols // => 2048
 */
export async function openExtractor(options: ExtractorOptions): Promise<FeatureExtractor> {
  checkOptions(options);
  const {
    tf,
    resize = 'clean',
    crop,
    window,
    batchSize,
    onWarning = (message) => process.emitWarning(message),
  } = options;
  const preparation = { resize, ...(crop && { crop }), ...(window && { window }) };
  if (options.weights.endsWith('.onnx')) return openOnnxExtractor({ ...options, preparation });
  const stored = await onnxInStore(options.weights);
  if (stored) {
    const extractor = await openOnnxExtractor({ ...options, weights: stored.path, preparation });
    requireHash(stored, extractor.weightsSha256);
    return extractor;
  }
  const { network: whole, weights } = await openWeights(options.weights);
  const layer = options.layer ?? defaultLayer(whole);
  const network = networkUpTo(whole, layer);
  checkWeights(network, weights);
  const engine = await openEngine({
    network,
    weights,
    engine: options.engine,
    tf,
    backend: options.backend,
    onWarning,
  });
  return new NetworkExtractor({ network, layer, weights, engine, preparation, batchSize });
}

function defaultLayer({ nodes, output }: Network): string {
  return nodes.some(({ name }) => name === 'pool') ? 'pool' : output;
}

function checkOptions({ engine, backend, tf, resize, batchSize }: ExtractorOptions): void {
  if (engine !== undefined && engine !== 'onnxruntime' && engine !== 'tfjs') {
    throw new RangeError(`unknown engine '${String(engine)}': expected 'onnxruntime' or 'tfjs'`);
  }
  if (backend !== undefined && !backendNames.includes(backend)) {
    throw new RangeError(`unknown backend '${String(backend)}': expected ${backendNames.join(', ')}`);
  }
  if (backend !== undefined && (engine === 'onnxruntime' || tf !== undefined)) {
    throw new RangeError(
      `backend '${backend}' is of tfjs: leave out ${tf === undefined ? "engine 'onnxruntime'" : 'tf, whose backend you have chosen'}`,
    );
  }
  if (resize !== undefined && !resizeNames.includes(resize)) {
    throw new RangeError(`unknown resize '${String(resize)}': expected ${resizeNames.join(', ')}`);
  }
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && batchSize >= 1)) {
    throw new RangeError(`batchSize is ${batchSize}, expected a whole number of 1 or more`);
  }
}
