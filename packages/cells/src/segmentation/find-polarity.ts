import { squaredDistance } from '../raster/distance-transform.js';
import { halved } from '../raster/halved.js';
import { otsuThreshold } from '../raster/otsu.js';
import { joinRuns, maskRuns } from '../raster/pixel-runs.js';
import type { Mask, Raster } from '../raster/raster.js';
import type { Polarity } from './segmentation.js';

/** Which phase is the wall, and how sure that is. */
export interface PolarityFinding {
  readonly polarity: Polarity;
  /** How many times thicker, and in how many times more pieces, the cells are than the walls; below 1.2 is a guess. */
  readonly ratio: number;
}

// On 240 images, real and drawn, the image of half the size, where walls of a pixel fade, was never wrong by more than 2.1.
const CLEAR_RATIO = 4;
const LEAST_PIECE = 9;

/**
 * Tells walls from cells: walls are the thinner phase, and hang together while cells are many. Where the image of half the
 * size tells it clearly, the whole is not looked at.
 * @param image 8 bit, flattened
 */
export function findPolarity(image: Raster<Uint8Array>): PolarityFinding {
  const threshold = otsuThreshold(image.data).thresholds[0] ?? 0;
  const half = comparePhases(halved(image), threshold, LEAST_PIECE / 4);
  return half.ratio >= CLEAR_RATIO ? half : comparePhases(image, threshold, LEAST_PIECE);
}

function comparePhases(image: Raster<ArrayLike<number>>, threshold: number, leastPiece: number): PolarityFinding {
  const { data, width, height } = image;
  const [darkPixels, brightPixels] = [new Uint8Array(data.length), new Uint8Array(data.length)];
  for (let i = 0; i < data.length; i++) {
    darkPixels[i] = Number(data[i]! <= threshold);
    brightPixels[i] = 1 - darkPixels[i]!;
  }
  const dark = measurePhase({ data: darkPixels, width, height }, leastPiece);
  const bright = measurePhase({ data: brightPixels, width, height }, leastPiece);
  const ratio = (bright.thickness / dark.thickness) * Math.sqrt((bright.pieces + 1) / (dark.pieces + 1));
  return ratio >= 1 ? { polarity: 'dark-walls', ratio } : { polarity: 'bright-walls', ratio: 1 / ratio };
}

/** Mean depth of a phase, and the number of its pieces of some size. */
function measurePhase(mask: Mask, leastPiece: number): { thickness: number; pieces: number } {
  const squared = squaredDistance(mask).data;
  let sum = 0;
  let n = 0;
  for (let i = 0; i < squared.length; i++) {
    if (squared[i] === 0) continue;
    sum += Math.sqrt(squared[i]!);
    n++;
  }
  const runs = maskRuns(mask);
  const { components, count } = joinRuns(runs, 4);
  const areas = new Int32Array(count + 1);
  for (let run = 0; run < components.length; run++) areas[components[run]!]! += runs.ends[run]! - runs.starts[run]!;
  let pieces = 0;
  for (const area of areas) if (area >= leastPiece) pieces++;
  return { thickness: n > 0 ? sum / n : 1, pieces };
}
