import { checkBatch, resizeClean, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import type { FeatureExtractor } from './feature-extractor.js';
import { describeInceptionV3 } from './network/inception-v3.js';
import { inferShapes } from './network/infer-shapes.js';
import { inputOf } from './network/network.js';
import { networkUpTo } from './network/network-up-to.js';
import { openEngine, type EngineName } from './open-engine.js';
import { scalePixels } from './prepare/scale-pixels.js';
import type { Tfjs } from './tfjs/to-layers-model.js';
import { loadWeights, type WeightsSource } from './weights/load-weights.js';

export interface ExtractorOptions {
  readonly weights: WeightsSource;
  /** @default onnxruntime where it works on this machine, else tfjs, with a warning */
  readonly engine?: EngineName;
  /** The caller's TensorFlow.js with its backend chosen, for the `tfjs` engine. @default `import('@tensorflow/tfjs')`, on WebAssembly where installed */
  readonly tf?: Tfjs;
  /** `pool` (2048 values), a block `mixed0` … `mixed10` averaged over the image, or any other node. @default 'pool' */
  readonly layer?: string;
  /** @default 'clean' */
  readonly resize?: 'clean';
  /** Images that go through the network at once: bounds memory. @default 8 */
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
  const {
    layer = 'pool',
    resize = 'clean',
    batchSize = 8,
    onWarning = (message) => process.emitWarning(message),
  } = options;
  checkOptions({ ...options, resize, batchSize });
  const inception = describeInceptionV3({ variant: 'keras' });
  const network = networkUpTo(inception, layer);
  const weights = await loadWeights(inception, options.weights);
  const engine = await openEngine({ network, weights, engine: options.engine, tf: options.tf, onWarning });
  const { height, width, scaling } = inputOf(network);
  const dimension = inferShapes(network).get(network.output)!.channels;
  let disposed = false;
  const assertOpen = (): void => {
    if (disposed) throw new Error(`extractor ${weights.id} was disposed: open another one with openExtractor`);
  };

  return {
    id: `${network.id}/${weights.id}`,
    layer,
    dimension,
    weightsSha256: weights.sha256,
    resize,
    engine: engine.name,
    async extract(batch: ImageBatch): Promise<Matrix> {
      assertOpen();
      checkBatch(batch);
      const data = new Float32Array(batch.count * dimension);
      for (let start = 0; start < batch.count; start += batchSize) {
        const part = resizeClean(sliceBatch(batch, start, start + batchSize), { height, width });
        const images = scalePixels(part.data, {
          count: part.count,
          channels: part.channels,
          layout: engine.layout,
          scaling,
        });
        const features = await engine.run(images, { count: part.count });
        assertOpen();
        checkFinite(features, { dimension, firstRow: start });
        data.set(features, start * dimension);
      }
      return { data, rows: batch.count, cols: dimension };
    },
    dispose() {
      if (disposed) return;
      disposed = true;
      engine.dispose();
    },
  };
}

function checkOptions({ engine, resize, batchSize }: ExtractorOptions): void {
  if (engine !== undefined && engine !== 'onnxruntime' && engine !== 'tfjs') {
    throw new RangeError(`unknown engine '${String(engine)}': expected 'onnxruntime' or 'tfjs'`);
  }
  if (resize !== 'clean') throw new RangeError(`unknown resize '${String(resize)}': expected 'clean'`);
  if (!Number.isInteger(batchSize) || batchSize! < 1) {
    throw new RangeError(`batchSize is ${batchSize}, expected a whole number of 1 or more`);
  }
}

function checkFinite(features: Float32Array, options: { dimension: number; firstRow: number }): void {
  const bad = features.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const row = options.firstRow + Math.floor(bad / options.dimension);
  throw new RangeError(
    `features of image ${row} of the batch hold ${features[bad]}, expected finite numbers: look for NaN or Infinity among its pixels`,
  );
}
