import { squaredDistance } from '../raster/distance-transform.js';
import { maskWhere, type LabelMap, type Raster } from '../raster/raster.js';
import { watershed } from '../raster/watershed.js';

/** The image shared out among the cells. */
export interface Territories {
  /** Each pixel's cell; cells have grown over the walls until they meet in the middle. 0 only where no cell came. */
  readonly labels: LabelMap;
  /** Distance to the nearest pixel of any cell; 0 in cells. */
  readonly distance: Raster;
}

/** Grows cells over the walls between them, all at the same speed. */
export function growTerritories(cells: LabelMap): Territories {
  const walls = maskWhere(cells, (label) => label === 0);
  const squared = squaredDistance(walls);
  const steps = { ...squared, data: new Int32Array(squared.data.length) };
  const distance = { ...squared, data: new Float32Array(squared.data.length) };
  for (let i = 0; i < steps.data.length; i++) {
    const d = Math.sqrt(squared.data[i]!);
    distance.data[i] = d;
    steps.data[i] = Math.min(Math.round(16 * d), 65535);
  }
  return { labels: watershed(steps, cells, { ridges: false }), distance };
}
