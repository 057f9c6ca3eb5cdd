import { RandomState } from '@plateau/numerics';
import { requireSameSize, type Raster } from '../raster/raster.js';
import { PIXEL_FEATURES, pixelFeatures } from './pixel-features.js';
import { forestProbabilities, growForest, type ForestOptions, type RandomForest } from './random-forest.js';

/** An image on some of whose pixels somebody has drawn. */
export interface ScribbledImage {
  readonly image: Raster<ArrayLike<number>>;
  /** 0: not drawn on, 1: cell, 2: wall. */
  readonly scribbles: Raster<ArrayLike<number>>;
}

/** How a classifier is trained. */
export interface PixelClassifierOptions extends ForestOptions {
  /** Most pixels that are learned from, drawn at random; 20000 by default. */
  readonly samples?: number;
  readonly seed?: number;
}

/**
 * Trains a pixel classifier on one or two scribbled images: a random forest on multi-scale filters. No weights, no tfjs.
 * @throws RangeError when scribbles have another size than their image, or only cells or only walls are drawn
 */
export function trainPixelClassifier(
  images: readonly ScribbledImage[],
  { samples = 20_000, seed = 0, ...forest }: PixelClassifierOptions = {},
): RandomForest {
  const random = new RandomState(seed);
  const drawn = images.flatMap(({ image, scribbles }) => {
    requireSameSize('trainPixelClassifier (image and scribbles)', image, scribbles);
    const features = pixelFeatures(image);
    return Array.from(scribbles.data, (value, i) => ({ features, i, value })).filter(({ value }) => value > 0);
  });
  const order = random.permutation(drawn.length).slice(0, samples);
  const x = new Float32Array(order.length * PIXEL_FEATURES);
  const y = new Uint8Array(order.length);
  order.forEach((k, row) => {
    const { features, i, value } = drawn[k]!;
    x.set(features.subarray(i * PIXEL_FEATURES, (i + 1) * PIXEL_FEATURES), row * PIXEL_FEATURES);
    y[row] = value === 2 ? 1 : 0;
  });
  return growForest(x, y, PIXEL_FEATURES, random, forest);
}

/** The probability of wall at each pixel, for `cellsFromProbability`. */
export function classifyPixels(forest: RandomForest, image: Raster<ArrayLike<number>>): Raster {
  const { width, height } = image;
  return { data: forestProbabilities(forest, pixelFeatures(image)), width, height };
}
