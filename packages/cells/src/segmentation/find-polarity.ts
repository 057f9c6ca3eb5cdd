import { halved } from '../raster/halved.js';
import type { OtsuResult } from '../raster/otsu.js';
import { joinRuns, labelRuns } from '../raster/pixel-runs.js';
import type { Mask, Raster } from '../raster/raster.js';
import { signedSquaredDistance } from '../raster/signed-distance.js';
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
 * @param otsu its two phases
 */
export function findPolarity(image: Raster<Uint8Array>, { thresholds }: OtsuResult): PolarityFinding {
  const threshold = thresholds[0] ?? 0;
  const half = comparePhases(halved(image), threshold, LEAST_PIECE / 4);
  return half.ratio >= CLEAR_RATIO ? half : comparePhases(image, threshold, LEAST_PIECE);
}

function comparePhases(
  { data, width, height }: Raster<ArrayLike<number>>,
  threshold: number,
  leastPiece: number,
): PolarityFinding {
  const isDark = new Uint8Array(data.length);
  const phases = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    isDark[i] = Number(data[i]! <= threshold);
    phases[i] = BRIGHT - isDark[i]!;
  }
  const thickness = meanDepths({ data: isDark, width, height });
  const pieces = countPieces({ data: phases, width, height }, leastPiece);
  const ratio = (thickness.bright / thickness.dark) * Math.sqrt((pieces[BRIGHT]! + 1) / (pieces[DARK]! + 1));
  return ratio >= 1 ? { polarity: 'dark-walls', ratio } : { polarity: 'bright-walls', ratio: 1 / ratio };
}

const [DARK, BRIGHT] = [1, 2];

/** How far the pixels of each phase are from the other on average; 1 for a phase without any. */
function meanDepths(isDark: Mask): { readonly dark: number; readonly bright: number } {
  const distance = signedSquaredDistance(isDark).data;
  let [dark, bright, darkPixels] = [0, 0, 0];
  for (let i = 0; i < distance.length; i++) {
    const squared = distance[i]!;
    if (squared > 0) {
      dark += Math.sqrt(squared);
      darkPixels++;
    } else bright += Math.sqrt(-squared);
  }
  const brightPixels = distance.length - darkPixels;
  return { dark: darkPixels > 0 ? dark / darkPixels : 1, bright: brightPixels > 0 ? bright / brightPixels : 1 };
}

/** How many pieces (4-connected) of some size each label has. */
function countPieces(phases: Raster<Int32Array>, leastPiece: number): Int32Array {
  const runs = labelRuns(phases);
  const labels = runs.labels!;
  const { components, count } = joinRuns(runs, 4);
  const areas = new Int32Array(count + 1);
  const phaseOf = new Uint8Array(count + 1);
  for (let run = 0; run < components.length; run++) {
    areas[components[run]!]! += runs.ends[run]! - runs.starts[run]!;
    phaseOf[components[run]!] = labels[run]!;
  }
  const pieces = new Int32Array(BRIGHT + 1);
  for (let piece = 1; piece <= count; piece++) if (areas[piece]! >= leastPiece) pieces[phaseOf[piece]!]!++;
  return pieces;
}
