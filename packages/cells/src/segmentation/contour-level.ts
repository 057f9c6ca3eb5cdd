import type { Raster } from '../raster/raster.js';

/**
 * The grey level that follows the edges of an image best: the one on whose contour the image is steepest on average. A
 * histogram's valley moves with the share of each phase; this level does not, and structure inside cells that is weaker
 * than their walls does not draw it away.
 *
 * Long contours count a little more (length to the power of ¼), and contours shorter than 0.3 of the longest not at all.
 * @param image grey levels of 0 to 255
 * @returns a whole level; 127 for an image without any edge
 */
export function contourLevel({ data, width, height }: Raster): number {
  const slopes = new Float64Array(257);
  const lengths = new Float64Array(257);
  // Each pixel side crosses the levels between its two pixels: noted as a rise and a fall, summed up at the end.
  const cross = (a: number, b: number, slope: number): void => {
    const low = Math.max(0, Math.ceil(a < b ? a : b));
    const high = Math.min(256, Math.ceil(a < b ? b : a));
    if (high <= low) return;
    slopes[low]! += slope;
    slopes[high]! -= slope;
    lengths[low]!++;
    lengths[high]!--;
  };
  for (let y = 0; y + 1 < height; y++) {
    for (let x = 0, i = y * width; x + 1 < width; x++, i++) {
      const [here, right, below] = [data[i]!, data[i + 1]!, data[i + width]!];
      const slope = Math.sqrt((right - here) * (right - here) + (below - here) * (below - here));
      cross(here, right, slope);
      cross(here, below, slope);
    }
  }
  for (let level = 1; level < 257; level++) {
    slopes[level]! += slopes[level - 1]!;
    lengths[level]! += lengths[level - 1]!;
  }
  return steepest(slopes, lengths);
}

/** Over windows of seven levels, which noise does not toss about. */
function steepest(slopes: Float64Array, lengths: Float64Array): number {
  const longest = lengths.reduce((most, length) => Math.max(most, length), 0);
  let [best, found] = [0, 127];
  for (let level = 0; level < 256; level++) {
    let [slope, length, levels] = [0, 0, 0];
    for (let near = Math.max(0, level - 3); near <= Math.min(255, level + 3); near++) {
      slope += slopes[near]!;
      length += lengths[near]!;
      levels++;
    }
    if (length < 0.3 * longest * levels || length === 0) continue;
    const value = (slope / length) * (length / levels) ** 0.25;
    if (value > best) [best, found] = [value, level];
  }
  return found;
}
