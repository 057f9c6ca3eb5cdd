import { otsuThreshold } from '../raster/otsu.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { toBytes } from '../raster/to-bytes.js';
import { findBubbles } from './find-bubbles.js';
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
// Share of the image that is concave: more than a few run-together cells take.
const LEAST_LIQUID = 0.04;
// Share of the image that rings enclose, of which textured cells show few.
const LEAST_BUBBLES = 0.4;

/**
 * Bubbles in liquid as bright as they are, where the regions between dark walls that are not convex take much of the
 * image: rings of dark lines, and large convex regions where no ring was closed.
 * @param image walls bright, evenly lit
 * @returns undefined when there is no such liquid
 */
export function segmentLiquid(image: Raster, leastArea: number): LiquidCells | undefined {
  const bytes = toBytes(image);
  const split = otsuThreshold(bytes).thresholds[0] ?? 127;
  const levels = classLevels(bytes, split);
  const threshold = (levels[0] + levels[1]) / 2;
  const bands = segmentBands(image, { threshold, levels, h: H, mergeBelow: MERGE_BELOW });
  const solidity = solidities(bands.labels);
  const areas = regionAreas(bands.labels);
  if (concaveArea(solidity, areas) <= LEAST_LIQUID * image.data.length) return undefined;
  const { labels: rings } = findBubbles({ ...image, data: image.data.map((value) => 255 - value) });
  const covered = rings.data.reduce((sum, ring) => sum + (ring > 0 ? 1 : 0), 0);
  if (covered < LEAST_BUBBLES * image.data.length) return undefined;
  const isKept = freeRegions(bands.territories, rings).map(
    (isFree, label) => isFree && solidity[label]! >= LEAST_SOLIDITY,
  );
  const labels = joined(rings, keepRegions(bands.territories, isKept), leastArea);
  return { labels, walls: bands.walls, threshold, h: H, mergeBelow: MERGE_BELOW };
}

function concaveArea(solidity: readonly number[], areas: Int32Array): number {
  let concave = 0;
  for (let label = 1; label < areas.length; label++) if (solidity[label]! < LEAST_SOLIDITY) concave += areas[label]!;
  return concave;
}

/** Whether each region is larger than four median rings, and no ring takes more than a tenth of it. */
function freeRegions({ data, count }: LabelMap, rings: LabelMap): boolean[] {
  const sizes = Array.from(regionAreas(rings).slice(1)).sort((a, b) => a - b);
  const median = sizes[sizes.length >> 1] ?? 0;
  const areas = new Int32Array(count + 1);
  const taken = new Int32Array(count + 1);
  for (let i = 0; i < data.length; i++) {
    areas[data[i]!]!++;
    if (rings.data[i]! > 0) taken[data[i]!]!++;
  }
  return Array.from(areas, (area, label) => label > 0 && area > 4 * median && taken[label]! <= 0.1 * area);
}

/** Both, rings on top; what is smaller than a cell is left out. */
function joined(rings: LabelMap, regions: LabelMap, leastArea: number): LabelMap {
  const data = rings.data.map((ring, i) => ring || (regions.data[i]! > 0 ? rings.count + regions.data[i]! : 0));
  const all = { ...rings, data, count: rings.count + regions.count };
  return keepRegions(
    all,
    Array.from(regionAreas(all), (area, label) => label > 0 && area >= leastArea),
  );
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
