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
  const drawn = images.map(({ image, scribbles }) => {
    requireSameSize('trainPixelClassifier (image and scribbles)', image, scribbles);
    return drawnPixels(scribbles);
  });
  const total = drawn.reduce((sum, pixels) => sum + pixels.length, 0);
  const chosen = random.permutation(total).slice(0, samples).sort();
  const x = new Float32Array(chosen.length * PIXEL_FEATURES);
  const y = new Uint8Array(chosen.length);
  let [row, passed] = [0, 0];
  images.forEach(({ image, scribbles }, n) => {
    const pixels = drawn[n]!;
    const features = pixelFeatures(image);
    for (; row < chosen.length && chosen[row]! < passed + pixels.length; row++) {
      const i = pixels[chosen[row]! - passed]!;
      x.set(features.subarray(i * PIXEL_FEATURES, (i + 1) * PIXEL_FEATURES), row * PIXEL_FEATURES);
      y[row] = scribbles.data[i] === 2 ? 1 : 0;
    }
    passed += pixels.length;
  });
  return growForest(x, y, PIXEL_FEATURES, random, forest);
}

function drawnPixels({ data }: Raster<ArrayLike<number>>): Int32Array {
  const pixels = new Int32Array(data.length);
  let n = 0;
  for (let i = 0; i < data.length; i++) if (data[i]! > 0) pixels[n++] = i;
  return pixels.slice(0, n);
}

/** The probability of wall at each pixel, for `cellsFromProbability`. */
export function classifyPixels(forest: RandomForest, image: Raster<ArrayLike<number>>): Raster {
  const { width, height } = image;
  return { data: forestProbabilities(forest, pixelFeatures(image)), width, height };
}
