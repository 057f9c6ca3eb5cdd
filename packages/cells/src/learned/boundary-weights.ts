import { squaredDistance } from '../raster/distance-transform.js';
import type { Mask, Raster } from '../raster/raster.js';

/** How much pixels count in training. */
export interface BoundaryWeightOptions {
  /** Extra weight at the walls' edges; 2 by default. */
  readonly boundary?: number;
  /** How far that reaches into cells, in pixels; 3 by default. */
  readonly sigma?: number;
}

/**
 * Weights of pixels in the loss: walls and cells count alike in sum, and pixels near a wall count more, so that thin walls
 * between cells are learned first (after Ronneberger, Fischer and Brox 2015, equation 2).
 * @param walls 1 for wall
 * @returns mean 1 without the extra
 */
export function boundaryWeights(walls: Mask, { boundary = 2, sigma = 3 }: BoundaryWeightOptions = {}): Raster {
  const { data, width, height } = walls;
  const share = Math.min(Math.max(data.reduce((sum, v) => sum + v, 0) / data.length, 0.02), 0.98);
  const toWall = squaredDistance({ ...walls, data: data.map((v) => 1 - v) }).data;
  const weights = Float32Array.from(data, (isWall, i) => {
    const balance = isWall ? 0.5 / share : 0.5 / (1 - share);
    return balance * (1 + boundary * Math.exp(-toWall[i]! / (2 * sigma * sigma)));
  });
  return { data: weights, width, height };
}
