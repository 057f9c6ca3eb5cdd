import { nearestLabelsByKernel } from '../kernels/distance-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainNearestLabels } from '../raster/plain-nearest-labels.js';
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
  const kernels = rasterKernels(data.length);
  const { nearest, squared } = kernels
    ? nearestLabelsByKernel(kernels, data, width, height, width + height)
    : plainNearestLabels(cells);
  const distance = new Float32Array(data.length);
  for (let i = 0; i < distance.length; i++) if (squared[i]! > 0) distance[i] = Math.sqrt(squared[i]!);
  return { labels: { data: nearest, width, height, count }, distance: { data: distance, width, height } };
}
