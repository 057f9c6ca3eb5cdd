import type * as tfjs from '@tensorflow/tfjs';
import type { TensorFlow } from './u-net.js';

/** A part of an image: rows of grey levels, or of what a network says of them. */
export interface TileSize {
  readonly width: number;
  readonly height: number;
}

/**
 * A trained network, whatever runs it: standardised grey levels of a tile in, the logit of wall at each of its pixels out.
 * The tile's sides are multiples of 16.
 */
export type WallNetwork = (tile: Float32Array, size: TileSize) => Promise<Float32Array>;

/**
 * Runs what `trainUNet` gives on TensorFlow.js.
 * @param tf the one that made the model
 */
export function wallNetworkOf(tf: TensorFlow, model: tfjs.LayersModel): WallNetwork {
  return async (tile, { width, height }) => {
    const output = tf.tidy(() => model.predict(tf.tensor4d(tile, [1, height, width, 1])) as tfjs.Tensor);
    const logits = (await output.data()) as Float32Array;
    output.dispose();
    return logits;
  };
}
