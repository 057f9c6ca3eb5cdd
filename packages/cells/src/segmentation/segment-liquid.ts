import { halved } from '../raster/halved.js';
import { inverted } from '../raster/inverted.js';
import { labelComponents } from '../raster/label-components.js';
import { maskAbove, maskWhere, type LabelMap, type Mask, type Raster } from '../raster/raster.js';
import { findBubbles } from './find-bubbles.js';
import { hasFineLines } from './line-strength.js';
import { keepRegions, regionAreas } from './keep-regions.js';
import { segmentBands, type BandOptions } from './segment-bands.js';
import { solidities } from './solidity.js';

/** Bubbles among liquid, and what was chosen. */
export interface LiquidCells {
  readonly labels: LabelMap;
  readonly walls: Mask;
  readonly threshold: number;
  readonly h: number;
  readonly mergeBelow: number;
  readonly enlarged: number;
}

const H = 0.75;
const MERGE_BELOW = 0.4;
const LEAST_SOLIDITY = 0.85;
// Share of the image that is concave: more than a few run-together cells take.
const LEAST_LIQUID = 0.04;
// The same where lines are fine. Cells of a foam with fine walls are convex but for a thousandth.
const LEAST_AMONG_FINE = 0.01;
// Share of the image that bubbles take; textured cells show few rims.
const LEAST_BUBBLES = 0.4;

/** What is known of an image that may show liquid. */
export interface LiquidOptions {
  /** Its grey levels, evenly lit and smoothed as far as noise asks for. */
  readonly even: Raster;
  /** The same as whole levels, 0 to 255. */
  readonly bytes: Uint8Array;
  /** The darker of the two classes of those ends here. */
  readonly threshold: number;
  /** Whether much of it is as bright as it gets, as liquid is. */
  readonly hasGround: boolean;
  /** Least area of a cell in pixels. */
  readonly leastArea: number;
}

/**
 * Bubbles in liquid as bright as they are, found by their dark rims: where the regions between dark walls that are not
 * convex take much of the image; less of it where walls are so fine that each is a line of its own, which a threshold finds
 * only around the brightest bubbles.
 * @param image rims dark, unsmoothed
 * @returns undefined when there is no such liquid
 */
export function segmentLiquid(
  image: Raster,
  { even, bytes, threshold: darkest, hasGround, leastArea }: LiquidOptions,
): LiquidCells | undefined {
  const walls = inverted(even);
  const levels = classLevels(bytes, darkest);
  const threshold = (levels[0] + levels[1]) / 2;
  const isFine = hasFineLines(image);
  const least = isFine ? LEAST_AMONG_FINE : LEAST_LIQUID;
  if (!(isFine || hasGround) || !hasLiquid(walls, least, { threshold, levels, h: H, mergeBelow: MERGE_BELOW }))
    return undefined;
  const { labels: bubbles, enlarged, h } = findBubbles(image, { isFine });
  const areas = regionAreas(bubbles);
  if (image.data.length - areas[0]! < LEAST_BUBBLES * image.data.length) return undefined;
  const isKept = Array.from(areas, (area, label) => label > 0 && area >= leastArea);
  const wallMask = maskAbove(walls, threshold);
  return { labels: keepRegions(bubbles, isKept), walls: wallMask, threshold, h, mergeBelow: 0, enlarged };
}

// Where the image of half the size shows so many times more or less than the limit, the whole lies on the same side of it. On 240
// images, real and drawn, half the size showed up to 1.7 times the limit where the whole showed less, 2.8 times with noise
// added, and never the other way round.
const CLEARLY = 4;

/** Whether more than a share of the image is concave: told from half the size, a quarter of the work, where that is clear. */
function hasLiquid(walls: Raster, least: number, options: BandOptions): boolean {
  const half = halved(walls);
  const joined = labelComponents(maskWhere(half, (level) => level <= options.threshold));
  // Parting cells from each other makes them only more convex, unless there is liquid around bubbles in the convex outline of
  // something large.
  if (isOfSmall(joined, least) && concaveShare(joined) * CLEARLY <= least) return false;
  const share = concaveShare(segmentBands(half, { ...options, h: options.h / 2 }).labels);
  const isClear = share * CLEARLY <= least || share >= CLEARLY * least;
  return (isClear ? share : concaveShare(segmentBands(walls, options).labels)) > least;
}

/** Whether no region is as large as the share of liquid that is looked for. */
function isOfSmall(labels: LabelMap, least: number): boolean {
  return regionAreas(labels).every((area, label) => label === 0 || area <= least * labels.data.length);
}

/** Share of the image that regions take which are not convex. */
function concaveShare(labels: LabelMap): number {
  const [solidity, areas] = [solidities(labels), regionAreas(labels)];
  let concave = 0;
  for (let label = 1; label < areas.length; label++) if (solidity[label]! < LEAST_SOLIDITY) concave += areas[label]!;
  return concave / labels.data.length;
}

/**
 * How much of a wall's brightness, with dark for bright, cells and walls show: the median of the cells, and the upper fifth
 * of the walls, since blurred walls reach their own level only in the middle, and a threshold half-way to their mean would
 * make thin walls too thick.
 * @param bytes walls dark
 * @param threshold the brightest level that is a wall
 */
function classLevels(bytes: Uint8Array, threshold: number): [cell: number, wall: number] {
  const counts = new Int32Array(256);
  for (let i = 0; i < bytes.length; i++) counts[255 - bytes[i]!]!++;
  const level = (from: number, to: number, share: number): number => {
    const total = counts.subarray(from, to).reduce((sum, n) => sum + n, 0);
    let [value, reached] = [from, 0];
    while (value < to - 1 && reached + counts[value]! <= share * total) reached += counts[value++]!;
    return value;
  };
  const firstWall = 255 - threshold;
  return [level(0, firstWall, 0.5), level(firstWall, 256, 0.8)];
}
