import type * as tfjs from '@tensorflow/tfjs';
import type { Mask, Raster } from '../raster/raster.js';
import { predictWalls } from './predict-walls.js';
import type { TensorFlow } from './u-net.js';
import { wallNetworkOf } from './wall-network.js';

/** Moves the bias of a model's last layer so that the threshold of best F1 on these images becomes ½. */
export async function centreThreshold(
  tf: TensorFlow,
  model: tfjs.LayersModel,
  images: readonly { readonly image: Raster; readonly walls: Mask }[],
): Promise<void> {
  const network = wallNetworkOf(tf, model);
  const [walls, cells] = [new Float64Array(STEPS + 1), new Float64Array(STEPS + 1)];
  for (const { image, walls: truth } of images) {
    const { data } = await predictWalls(network, image);
    for (let i = 0; i < data.length; i++) (truth.data[i] ? walls : cells)[Math.round(STEPS * data[i]!)]!++;
  }
  const best = Math.min(Math.max(thresholdOfBestF1(walls, cells) / STEPS, 0.02), 0.98);
  const last = model.layers.at(-1)!;
  const [kernel, bias] = last.getWeights();
  const moved = tf.tidy(() => tf.sub(bias!, Math.log(best / (1 - best))));
  last.setWeights([kernel!, moved]);
  moved.dispose();
}

const STEPS = 500;

/** The step above which pixels are to be taken for wall. */
function thresholdOfBestF1(walls: Float64Array, cells: Float64Array): number {
  const total = walls.reduce((sum, n) => sum + n, 0);
  let [right, taken, best, found] = [0, 0, 0, STEPS / 2];
  for (let step = STEPS; step > 0; step--) {
    right += walls[step]!;
    taken += walls[step]! + cells[step]!;
    const f1 = (2 * right) / (taken + total);
    if (f1 > best) [best, found] = [f1, step - 0.5];
  }
  return found;
}
