import type { ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';

/** Turns images into rows of features. */
export interface FeatureExtractor {
  /** Network and weights, for results: `inception-v3/bundled`. */
  readonly id: string;
  readonly layer: string;
  /** Width of a feature row. */
  readonly dimension: number;
  readonly weightsSha256: string;
  /** The resize that prepares images: `clean`, … */
  readonly resize: string;
  /** What runs the network: `onnxruntime`, `tfjs-wasm`, … */
  readonly engine: string;
  /** Features of every image of the batch, count×dimension, float32. */
  extract(batch: ImageBatch): Promise<Matrix>;
  dispose(): void;
}
