import { gaussianBlur } from '../raster/gaussian-blur.js';
import { halved } from '../raster/halved.js';
import type { Raster } from '../raster/raster.js';
import type { PolarityFinding } from './find-polarity.js';

// What is smoothed by so many pixels is in the image of half the size too.
const HALVED_FROM = 2;

/**
 * Tells whether an image's lines are dark or bright: which of both bends it more across lines than along them. Round specks
 * and bulging cells bend it both ways alike, and say nothing.
 * @param image flattened
 * @param strongest scale at which its structure responds most, in pixels; the next finer one sees less of the cells
 */
export function linePolarity(image: Raster, strongest: number): PolarityFinding {
  const sigma = Math.max(1, strongest / Math.SQRT2);
  const isCoarse = sigma >= HALVED_FROM;
  const { dark, bright } = lineEnergies(gaussianBlur(isCoarse ? halved(image) : image, isCoarse ? sigma / 2 : sigma));
  return {
    polarity: dark >= bright ? 'dark-walls' : 'bright-walls',
    ratio: Math.max(dark, bright) / Math.max(Math.min(dark, bright), 1e-9),
  };
}

/** Sums of the squared differences between how much an image bends across dark and bright lines and along them. */
function lineEnergies({ data, width, height }: Raster): { readonly dark: number; readonly bright: number } {
  let [dark, bright] = [0, 0];
  for (let y = 1; y + 1 < height; y++) {
    for (let i = y * width + 1; i + 1 < (y + 1) * width; i++) {
      const twice = 2 * data[i]!;
      const across = data[i - 1]! + data[i + 1]! - twice;
      const down = data[i - width]! + data[i + width]! - twice;
      const turn = (data[i + width + 1]! + data[i - width - 1]! - data[i + width - 1]! - data[i - width + 1]!) / 4;
      // The eigenvalues of the second derivatives are mean ± √spread: sizes differ by twice the smaller of the two.
      const mean = (across + down) / 2;
      const spread = (across - down) ** 2 / 4 + turn * turn;
      const difference = Math.min(mean * mean, spread);
      if (mean > 0) dark += difference;
      else bright += difference;
    }
  }
  return { dark, bright };
}
