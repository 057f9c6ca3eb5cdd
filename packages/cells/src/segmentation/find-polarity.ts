import { squaredDistance } from '../raster/distance-transform.js';
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

/**
 * Tells walls from cells: walls are the thinner phase, and hang together while cells are many.
 * @param image 8 bit, flattened
 */
export function findPolarity(image: Raster<Uint8Array>): PolarityFinding {
  const threshold = otsuThreshold(image.data).thresholds[0] ?? 0;
  const dark = phase(image, threshold, true);
  const bright = phase(image, threshold, false);
  const ratio = (bright.thickness / dark.thickness) * Math.sqrt((bright.pieces + 1) / (dark.pieces + 1));
  return ratio >= 1 ? { polarity: 'dark-walls', ratio } : { polarity: 'bright-walls', ratio: 1 / ratio };
}

/** Mean depth of the pixels up to a threshold or above it, and the number of their pieces of some size. */
function phase(
  { data, width, height }: Raster<Uint8Array>,
  threshold: number,
  isDark: boolean,
): { thickness: number; pieces: number } {
  const mask: Mask = { data: new Uint8Array(data.length), width, height };
  for (let i = 0; i < data.length; i++) if (data[i]! <= threshold === isDark) mask.data[i] = 1;
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
  for (const area of areas) if (area >= LEAST_PIECE) pieces++;
  return { thickness: n > 0 ? sum / n : 1, pieces };
}

const LEAST_PIECE = 9;
