import type * as tfjs from '@tensorflow/tfjs';
import type { Raster } from '../raster/raster.js';
import { standardise } from './standardise.js';
import type { TensorFlow } from './u-net.js';

/** How a model is applied. */
export interface PredictOptions {
  /** Side of a tile, a multiple of 2^depth of the model; 256 by default. */
  readonly tile?: number;
  /** Pixels by which tiles overlap, blended linearly; 32 by default. */
  readonly overlap?: number;
}

/**
 * The probability of wall at each pixel by a trained model, in overlapping tiles, so that an image of any size fits in
 * memory. Beyond the border the image is mirrored.
 * @throws RangeError when tiles do not overlap by less than half
 */
export async function predictWalls(
  tf: TensorFlow,
  model: tfjs.LayersModel,
  image: Raster<ArrayLike<number>>,
  { tile = 256, overlap = 32 }: PredictOptions = {},
): Promise<Raster> {
  if (!(overlap >= 0 && 2 * overlap < tile)) {
    throw new RangeError(`predictWalls: tiles of ${tile} overlap by ${overlap}, expected less than half`);
  }
  const { width, height } = image;
  const { data } = standardise(image);
  const sums = new Float32Array(data.length);
  const weights = new Float32Array(data.length);
  for (const top of starts(height, tile, overlap)) {
    for (const left of starts(width, tile, overlap)) {
      const input = new Float32Array(tile * tile);
      for (let v = 0; v < tile; v++) {
        for (let u = 0; u < tile; u++)
          input[v * tile + u] = data[mirror(top + v, height) * width + mirror(left + u, width)]!;
      }
      const output = tf.tidy(() => tf.sigmoid(model.predict(tf.tensor4d(input, [1, tile, tile, 1])) as tfjs.Tensor));
      const wall = await output.data();
      output.dispose();
      for (let v = 0; v < tile && top + v < height; v++) {
        for (let u = 0; u < tile && left + u < width; u++) {
          const weight = Math.min(u + 1, tile - u, overlap + 1) * Math.min(v + 1, tile - v, overlap + 1);
          const i = (top + v) * width + left + u;
          sums[i]! += weight * wall[v * tile + u]!;
          weights[i]! += weight;
        }
      }
    }
  }
  return { data: sums.map((sum, i) => sum / weights[i]!), width, height };
}

function starts(length: number, tile: number, overlap: number): number[] {
  const result = [0];
  while (result.at(-1)! + tile < length) result.push(Math.min(result.at(-1)! + tile - overlap, length - tile));
  return result;
}

function mirror(i: number, length: number): number {
  const k = i % (2 * length);
  return k < length ? k : 2 * length - 1 - k;
}
