import type { LabelMap } from '../raster/raster.js';
import { borderLabels, keepRegions, regionAreas } from './keep-regions.js';

/** Drops cells of less than an area in pixels; those that the border cuts may be a quarter as large. */
export function dropSmall(labels: LabelMap, leastArea: number): LabelMap {
  const isCut = borderLabels(labels);
  return keepRegions(
    labels,
    Array.from(regionAreas(labels), (area, label) => area >= (isCut[label] ? leastArea / 4 : leastArea)),
  );
}
