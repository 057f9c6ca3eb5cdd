import { otsuThreshold } from '../raster/otsu.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { toBytes } from '../raster/to-bytes.js';
import { keepRegions, regionAreas } from './keep-regions.js';
import { segmentBands } from './segment-bands.js';
import { solidities } from './solidity.js';

/** Bubbles among liquid, and what was chosen. */
export interface LiquidCells {
  readonly labels: LabelMap;
  readonly walls: Mask;
  readonly threshold: number;
  readonly h: number;
  readonly mergeBelow: number;
}

const H = 0.75;
const MERGE_BELOW = 0.4;
const LEAST_SOLIDITY = 0.85;

/**
 * Bubbles in liquid as bright as they are: the regions between dark walls that are convex, where the others take much of
 * the image.
 * @param image walls bright, evenly lit
 * @returns undefined when there is no such liquid
 */
export function segmentLiquid(image: Raster, leastArea: number): LiquidCells | undefined {
  const bytes = toBytes(image);
  const split = otsuThreshold(bytes).thresholds[0] ?? 127;
  const levels = classLevels(bytes, split);
  const threshold = (levels[0] + levels[1]) / 2;
  const bands = segmentBands(image, { threshold, levels, h: H, mergeBelow: MERGE_BELOW });
  const isBubble = tellLiquid(bands.labels);
  if (!isBubble) return undefined;
  const areas = regionAreas(bands.labels);
  const isKept = isBubble.map((bubble, label) => bubble && areas[label]! >= leastArea);
  return {
    labels: keepRegions(bands.territories, isKept),
    walls: bands.walls,
    threshold,
    h: H,
    mergeBelow: MERGE_BELOW,
  };
}

/**
 * The grey levels of cells and of walls: the median of the cells, and the upper fifth of the walls, since blurred walls
 * reach their own level only in the middle, and a threshold half-way to their mean would make thin walls too thick.
 */
function classLevels(bytes: Uint8Array, threshold: number): [cell: number, wall: number] {
  const counts = new Int32Array(256);
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]!]!++;
  const level = (from: number, to: number, share: number): number => {
    const total = counts.subarray(from, to).reduce((sum, n) => sum + n, 0);
    let [value, reached] = [from, 0];
    while (value < to - 1 && reached + counts[value]! <= share * total) reached += counts[value++]!;
    return value;
  };
  return [level(0, threshold + 1, 0.5), level(threshold + 1, 256, 0.8)];
}

/** Liquid is told from cells when concave regions take more of the image than a few run-together cells would. */
function tellLiquid(regions: LabelMap): boolean[] | undefined {
  const areas = regionAreas(regions);
  const isConvex = solidities(regions).map((solidity) => solidity >= LEAST_SOLIDITY);
  let concave = 0;
  for (let label = 1; label < areas.length; label++) if (!isConvex[label]) concave += areas[label]!;
  if (concave <= 0.08 * regions.data.length) return undefined;
  return isConvex.map((convex, label) => label > 0 && convex);
}
