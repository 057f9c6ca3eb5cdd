import { levelCrossings } from '../raster/level-crossings.js';
import type { Raster } from '../raster/raster.js';

/**
 * The grey level that follows the edges of an image best: the one on whose contour the image is steepest on average. A
 * histogram's valley moves with the share of each phase; this level does not, and structure inside cells that is weaker
 * than their walls does not draw it away.
 *
 * Long contours count a little more (length to the power of ¼), and contours shorter than 0.3 of the longest not at all. Every other row is read.
 * @param image grey levels of 0 to 255
 * @param noiseSlope how steep the image's noise alone is on average, in grey levels a pixel
 * @returns a whole level; 127 for an image without any edge
 */
export function contourLevel(image: Raster, { noiseSlope = 0 } = {}): number {
  const { slopes, lengths } = levelCrossings(image);
  return steepest(slopes, lengths, noiseSlope);
}

// A contour this much less steep than the steepest is noise in the larger class, however long it winds. How steep noise is by its
// own level is known too, but not where neighbouring pixels share it, as after compression.
const NOISE_SLOPE = 0.35;
// Of the mean slope of noise: a contour that is no steeper is the noise's own, and longer than any edge.
const NOISE_CONTOUR = 2;
const [LEAST_LENGTH, LEAST_LENGTH_IN_NOISE] = [0.3, 0.05];

/** Over windows of seven levels, which noise does not toss about. */
function steepest(slopes: Float64Array, lengths: Float64Array, noiseSlope: number): number {
  const most = lengths.reduce((longest, length) => Math.max(longest, length), 0);
  const edge = steepestLonger(slopes, lengths, LEAST_LENGTH_IN_NOISE * most);
  const leastSlope = Math.max(NOISE_CONTOUR * noiseSlope, NOISE_SLOPE * edge.slope);
  const longest = lengths.reduce(
    (longest, length, level) => (slopes[level]! >= leastSlope * length ? Math.max(longest, length) : longest),
    0,
  );
  return steepestLonger(slopes, lengths, LEAST_LENGTH * longest).level;
}

/** The best among the levels whose contours are long enough, and how steep the image is there. */
function steepestLonger(
  slopes: Float64Array,
  lengths: Float64Array,
  least: number,
): { readonly level: number; readonly slope: number } {
  let [best, found, steepness] = [0, 127, 0];
  for (let level = 0; level < 256; level++) {
    let [slope, length, levels] = [0, 0, 0];
    for (let near = Math.max(0, level - 3); near <= Math.min(255, level + 3); near++) {
      slope += slopes[near]!;
      length += lengths[near]!;
      levels++;
    }
    if (length < least * levels || length === 0) continue;
    const value = (slope / length) * (length / levels) ** 0.25;
    if (value > best) [best, found, steepness] = [value, level, slope / length];
  }
  return { level: found, slope: steepness };
}
