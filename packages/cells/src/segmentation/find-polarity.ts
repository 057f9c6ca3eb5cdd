import { squaredDistance } from '../raster/distance-transform.js';
import { labelComponents } from '../raster/label-components.js';
import { otsuThreshold } from '../raster/otsu.js';
import { maskWhere, type Raster } from '../raster/raster.js';
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
  const dark = phase(image, (value) => value <= threshold);
  const bright = phase(image, (value) => value > threshold);
  const ratio = (bright.thickness / dark.thickness) * Math.sqrt((bright.pieces + 1) / (dark.pieces + 1));
  return ratio >= 1 ? { polarity: 'dark-walls', ratio } : { polarity: 'bright-walls', ratio: 1 / ratio };
}

/** Mean depth of a phase, and the number of its pieces of some size. */
function phase(image: Raster<Uint8Array>, test: (value: number) => boolean): { thickness: number; pieces: number } {
  const mask = maskWhere(image, test);
  const { data } = squaredDistance(mask);
  let [sum, n] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    if (data[i] === 0) continue;
    sum += Math.sqrt(data[i]!);
    n++;
  }
  const { data: labels, count } = labelComponents(mask, { connectivity: 4 });
  const areas = new Int32Array(count + 1);
  for (let i = 0; i < labels.length; i++) areas[labels[i]!]!++;
  const pieces = areas.reduce((found, area, label) => found + (label > 0 && area >= 9 ? 1 : 0), 0);
  return { thickness: n > 0 ? sum / n : 1, pieces };
}
