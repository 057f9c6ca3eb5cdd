import type { Lanes } from './onnxruntime-lanes.js';

/** Order of an image's numbers: channel by channel (`NCHW`) or pixel by pixel (`NHWC`). */
export type Layout = 'NCHW' | 'NHWC';

/** Runs one network with one set of weights. */
export interface Engine {
  /** `onnxruntime`, `tfjs-wasm`, … */
  readonly name: string;
  /** The layout that `run` reads. */
  readonly layout: Layout;
  /** Images at once beyond which it hardly gets faster. */
  readonly batchSize: number;
  /**
   * Features of `count` scaled images, row after row.
   * @param images count×height×width×channels numbers in the engine's layout
   */
  run(images: Float32Array, options: { count: number }): Promise<Float32Array>;
  /**
   * Opens the network in worker threads that prepare their images themselves: better than `run` for many images, worth it for
   * no fewer. Undefined where that can't be done.
   */
  readonly openLanes?: () => Promise<Lanes | undefined>;
  /** Frees the network; `run` must not be called afterwards. */
  dispose(): void;
}
