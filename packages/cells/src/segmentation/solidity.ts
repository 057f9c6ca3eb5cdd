import { convexHulls, polygonArea } from '../raster/convex-hull.js';
import type { LabelMap } from '../raster/raster.js';
import { regionAreas } from './keep-regions.js';

/** Area over the area of the convex hull, for each label: 1 for a convex region, low for the liquid between bubbles. */
export function solidities(labels: LabelMap): number[] {
  const areas = regionAreas(labels);
  return convexHulls(labels).map((hull, label) => (hull.length === 0 ? 0 : areas[label]! / polygonArea(hull)));
}
