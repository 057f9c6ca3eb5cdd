import { labelComponents } from '../raster/label-components.js';
import { maskWhere, type LabelMap, type Mask, type Raster } from '../raster/raster.js';
import { keepRegions, regionAreas } from '../segmentation/keep-regions.js';
import { segmentBands } from '../segmentation/segment-bands.js';

/** How cells are read off a map of wall probabilities. */
export interface ProbabilityOptions {
  /** Probability above which a pixel is wall; 0.5 by default. */
  readonly threshold?: number;
  /** Least rise of the distance, in pixels, that starts a cell; 2 by default. */
  readonly h?: number;
  /** Cells are merged where the mean probability on their shared ridge is below this; 0.35 by default. */
  readonly mergeBelow?: number;
  /** Least area of a cell in pixels; 30 by default. */
  readonly leastArea?: number;
}

/**
 * Cells from the probability of wall at each pixel: watershed of the distance from likely walls, cells merged where the
 * probability of a wall between them stays low, so that a short gap does not join two cells.
 */
export function cellsFromProbability(
  wallProbability: Raster,
  { threshold = 0.5, h = 2, mergeBelow = 0.35, leastArea = 30 }: ProbabilityOptions = {},
): { labels: LabelMap; walls: Mask } {
  const scaled = { ...wallProbability, data: wallProbability.data.map((p) => 255 * p) };
  const settings = { threshold: 255 * threshold, levels: [0, 255] as const, h, mergeBelow };
  const { labels, walls } = segmentBands(scaled, settings);
  const whole = onePieceEach(labels);
  const areas = regionAreas(whole);
  return {
    labels: keepRegions(
      whole,
      Array.from(areas, (area) => area >= leastArea),
    ),
    walls,
  };
}

/** Taking the walls out can cut a region: its pieces are cells of their own. */
function onePieceEach(labels: LabelMap): LabelMap {
  const { data, width, height, count } = labels;
  const inside = labelComponents(
    maskWhere(labels, (label) => label > 0),
    { connectivity: 4 },
  );
  const largest = new Map<number, number>();
  const areas = regionAreas(inside);
  const result = Int32Array.from(data);
  let next = count;
  const numbers = new Map<number, number>();
  for (let i = 0; i < data.length; i++) {
    const piece = inside.data[i]!;
    if (piece === 0) continue;
    const key = data[i]!;
    if (!largest.has(key) || areas[piece]! > areas[largest.get(key)!]!) largest.set(key, piece);
  }
  for (let i = 0; i < data.length; i++) {
    const piece = inside.data[i]!;
    if (piece === 0 || largest.get(data[i]!) === piece) continue;
    const key = piece * (count + 1) + data[i]!;
    if (!numbers.has(key)) numbers.set(key, ++next);
    result[i] = numbers.get(key)!;
  }
  return { data: result, width, height, count: next };
}
