import { nearestOutside } from '../raster/distance-transform.js';
import type { LabelMap, Raster } from '../raster/raster.js';

/** The image shared out among the cells. */
export interface Territories {
  /** Each pixel's nearest cell: cells have grown over the walls until they meet in the middle. 0 only without any cell. */
  readonly labels: LabelMap;
  /** Distance to that cell's nearest pixel; 0 in cells. */
  readonly distance: Raster;
}

/** Grows cells over the walls between them, all at the same speed: each pixel goes to the nearest cell, exactly. */
export function growTerritories(cells: LabelMap): Territories {
  const { data, width, height, count } = cells;
  const outside = new Uint8Array(data.length);
  for (let i = 0; i < outside.length; i++) if (data[i] === 0) outside[i] = 1;
  const { nearest, squared } = nearestOutside({ data: outside, width, height });
  const labels = new Int32Array(data.length);
  const distance = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const cell = nearest[i]!;
    if (cell >= 0) labels[i] = data[cell]!;
    if (squared[i]! > 0) distance[i] = Math.sqrt(squared[i]!);
  }
  return { labels: { data: labels, width, height, count }, distance: { data: distance, width, height } };
}
