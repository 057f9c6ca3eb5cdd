import { maskWhere, type LabelMap, type Mask, type Raster } from '../raster/raster.js';
import { findTerritories } from '../segmentation/find-territories.js';
import { keepRegions, regionAreas } from '../segmentation/keep-regions.js';
import { largestPieces } from '../segmentation/largest-pieces.js';

/** How cells are read off a map of wall probabilities. */
export interface ProbabilityOptions {
  /** Least area of a cell in pixels; 30 by default. */
  readonly leastArea?: number;
}

/** Cells read off a map of probabilities, and how. */
export interface ProbabilityCells {
  readonly labels: LabelMap;
  /** 1 where a wall is more likely than not. */
  readonly walls: Mask;
  /** Standard deviation of the Gaussian that borders between cells were looked for after, in pixels. */
  readonly smoothing: number;
  /** Least rise of the relief that starts a cell. */
  readonly h: number;
  /** Cells are merged where less than this share of wall lies on their shared border. */
  readonly mergeBelow: number;
}

/**
 * Cells from the probability of wall at each pixel, by the territories of the automatic segmentation: a short gap in a wall
 * does not join two cells. A cell is where its territory is more likely cell than wall.
 * @param wallProbability 0 to 1
 */
export function cellsFromProbability(
  wallProbability: Raster,
  { leastArea = 30 }: ProbabilityOptions = {},
): ProbabilityCells {
  const grey = { ...wallProbability, data: wallProbability.data.map((p) => 255 * p) };
  const { territories, smoothing, h, mergeBelow } = findTerritories(grey, leastArea);
  const cells = largestPieces(territories, maskWhere(wallProbability, (p) => p < 0.5).data);
  const labels = keepRegions(
    cells,
    Array.from(regionAreas(cells), (area) => area >= leastArea),
  );
  return { labels, walls: maskWhere(wallProbability, (p) => p >= 0.5), smoothing, h, mergeBelow };
}
