import type * as tfjs from '@tensorflow/tfjs';
import { RandomState } from '@plateau/numerics';
import { halved } from '../raster/halved.js';
import { maskWhere, requireSameSize, type Mask, type Raster } from '../raster/raster.js';
import { boundaryWeights, type BoundaryWeightOptions } from './boundary-weights.js';
import { centreThreshold } from './centre-threshold.js';
import { standardise } from './standardise.js';
import { createUNet, type TensorFlow, type UNetOptions } from './u-net.js';

/** An image and where its walls are. */
export interface LabelledImage {
  readonly image: Raster<ArrayLike<number>>;
  readonly walls: Mask;
}

/** How a U-Net is trained. */
export interface TrainUNetOptions extends UNetOptions, BoundaryWeightOptions {
  /** Steps of Adam; 800 by default. */
  readonly steps?: number;
  /** Crops a step; 2 by default. */
  readonly batchSize?: number;
  /** Side of a crop, a multiple of 2^depth; by default 128, or what the smallest image allows. */
  readonly crop?: number;
  /** Trains on images of half the size, for walls of four pixels or more: four times as fast. False by default. */
  readonly halve?: boolean;
  /** Half the steps at this rate, then down to a tenth of it; 3e-3 by default. */
  readonly learningRate?: number;
  readonly onStep?: (step: number, loss: number) => void;
}

/**
 * Trains a U-Net from a few labelled images: random crops, mirrored, turned and with changed contrast, cross-entropy
 * weighted towards the walls. At the end the last bias is moved, so that a probability of ½ parts walls from cells with
 * the best F1 on these images: the weights had shifted it.
 * @param tf with a backend that has gradients; in plain Node the wasm one with `@plateau/tfjs-wasm-training`
 * @returns a model for `wallNetworkOf` and `predictWalls`
 * @throws RangeError when there is no image, one is smaller than a crop, a mask has another size than its image, or the
 * masks hold no wall or no cell
 */
export async function trainUNet(
  tf: TensorFlow,
  images: readonly LabelledImage[],
  options: TrainUNetOptions = {},
): Promise<tfjs.LayersModel> {
  const { steps = 800, batchSize = 2, learningRate = 3e-3, seed = 0, halve = false, onStep } = options;
  requireLabelled(images);
  const seen = halve ? images.map(halvedPair) : images;
  const crop = options.crop ?? largestCrop(seen, options.depth ?? 3);
  requireCrop(seen, crop, options.depth ?? 3);
  const random = new RandomState(seed);
  const prepared = seen.map(({ image, walls }) => ({
    image: standardise(image),
    walls,
    weights: boundaryWeights(walls, options),
  }));
  const model = createUNet(tf, options);
  const optimizer = tf.train.adam(learningRate);
  for (let step = 0; step < steps; step++) {
    const [x, y, w] = [0, 1, 2].map(() => new Float32Array(batchSize * crop * crop)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let k = 0; k < batchSize; k++) cut(prepared, crop, random, k * crop * crop, x, y, w);
    const cost = tf.tidy(() => {
      const shape: [number, number, number, number] = [batchSize, crop, crop, 1];
      const [images4d, walls4d, weights4d] = [tf.tensor4d(x, shape), tf.tensor4d(y, shape), tf.tensor4d(w, shape)];
      return optimizer.minimize(() => {
        const logits = model.apply(images4d, { training: true }) as tfjs.Tensor;
        // log(1 + exp(−|z|)) + max(z, 0) − z·y, which no logit can overflow.
        const entropy = tf.add(
          tf.log1p(tf.exp(tf.neg(tf.abs(logits)))),
          tf.sub(tf.relu(logits), tf.mul(logits, walls4d)),
        );
        return tf.mean(tf.mul(entropy, weights4d)) as tfjs.Scalar;
      }, true)!;
    });
    onStep?.(step, (await cost.data())[0]!);
    cost.dispose();
    (optimizer as unknown as { learningRate: number }).learningRate =
      learningRate * Math.min(1, 0.1 + 1.8 * (1 - (step + 1) / steps));
  }
  optimizer.dispose();
  await centreThreshold(tf, model, prepared);
  return model;
}

interface Prepared {
  readonly image: Raster;
  readonly walls: Mask;
  readonly weights: Raster;
}

/** One random crop, under one of the eight symmetries of the square, into place `at` of the batch. */
function cut(
  images: readonly Prepared[],
  crop: number,
  random: RandomState,
  at: number,
  x: Float32Array,
  y: Float32Array,
  w: Float32Array,
): void {
  const { image, walls, weights } = images[random.randint(images.length)]!;
  const left = random.randint(image.width - crop + 1);
  const top = random.randint(image.height - crop + 1);
  const symmetry = random.randint(8);
  const gain = 0.8 + 0.4 * random.random();
  const shift = 0.4 * random.random() - 0.2;
  for (let v = 0; v < crop; v++) {
    for (let u = 0; u < crop; u++) {
      let [a, b] = symmetry & 4 ? [v, u] : [u, v];
      if (symmetry & 1) a = crop - 1 - a;
      if (symmetry & 2) b = crop - 1 - b;
      const from = (top + b) * image.width + left + a;
      const to = at + v * crop + u;
      x[to] = gain * image.data[from]! + shift;
      y[to] = walls.data[from]!;
      w[to] = weights.data[from]!;
    }
  }
}

function halvedPair({ image, walls }: LabelledImage): LabelledImage {
  const drawn = { ...walls, data: Float32Array.from(walls.data) };
  return { image: halved(standardise(image)), walls: maskWhere(halved(drawn), (share) => share >= 0.5) };
}

/** 128, or what the smallest image allows. */
function largestCrop(images: readonly LabelledImage[], depth: number): number {
  const least = Math.min(...images.flatMap(({ image }) => [image.width, image.height]));
  const step = 2 ** depth;
  return step * Math.max(1, Math.min(Math.floor(128 / step), Math.floor(least / step)));
}

function requireLabelled(images: readonly LabelledImage[]): void {
  if (images.length === 0) throw new RangeError('trainUNet: no labelled image was given, expected one or more');
  for (const { image, walls } of images) requireSameSize('trainUNet (image and mask)', image, walls);
  for (const [kind, value] of [
    ['wall', 1],
    ['cell', 0],
  ] as const) {
    if (images.every(({ walls }) => !walls.data.includes(value))) {
      throw new RangeError(`trainUNet: the masks hold no ${kind}, expected walls (1) and cells (0)`);
    }
  }
}

function requireCrop(images: readonly LabelledImage[], crop: number, depth: number): void {
  if (!Number.isInteger(crop) || crop < 2 ** depth || crop % 2 ** depth !== 0) {
    throw new RangeError(`trainUNet: the crop is ${crop}, expected a multiple of ${2 ** depth}`);
  }
  for (const { image } of images) {
    if (image.width < crop || image.height < crop) {
      throw new RangeError(`trainUNet: an image is ${image.width}×${image.height}, smaller than a crop of ${crop}`);
    }
  }
}
