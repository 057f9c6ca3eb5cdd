import type { Raster } from '../raster/raster.js';

// Deviation of the evidence within walls that are smooth: their rims and the blur alone.
const SMOOTH_DEVIATION = 0.25;

/**
 * How much walls vary beyond what smooth ones do: pockets in them that are no deeper than that are texture.
 * @param evidence 0 for cell, 1 for wall; above ½ is wall
 * @returns a standard deviation, 0 to ½
 */
export function wallTexture({ data: evidence }: Raster): number {
  let [n, sum, squares] = [0, 0, 0];
  for (let i = 0; i < evidence.length; i++) {
    const value = evidence[i]!;
    if (value < 0.5) continue;
    n++;
    sum += value;
    squares += value * value;
  }
  const variance = n > 0 ? squares / n - (sum / n) ** 2 : 0;
  return Math.min(Math.sqrt(Math.max(variance - SMOOTH_DEVIATION ** 2, 0)), 0.5);
}
