import { touchingPixels } from '../raster/touching-pixels.js';
import type { LabelMap, Raster } from '../raster/raster.js';

/**
 * Puts a line of wall between cells that touch where the evidence, which is smoother than their outlines, shows wall: a
 * rough wall's pits do not open it. Where it shows none the cells go on touching, and their wall is not complete there.
 * @param evidence above ½ is wall
 */
export function partCells(cells: LabelMap, { data: evidence }: Raster): LabelMap {
  const { width, height } = cells;
  const data = cells.data.slice();
  // A line of wall takes pixels out of cells and brings no two together: nothing touches later that does not touch now.
  for (const i of touchingPixels(cells, { withCorners: true })) {
    const hasRight = (i + 1) % width !== 0;
    const hasBelow = i + width < width * height;
    if (hasRight) part(data, evidence, i, i + 1);
    if (hasBelow) part(data, evidence, i, i + width);
    if (!hasRight || !hasBelow) continue;
    // Across corners too: walls hang together by sides and corners, cells by sides.
    part(data, evidence, i, i + width + 1);
    part(data, evidence, i + 1, i + width);
  }
  return { ...cells, data };
}

/** Makes one of two touching pixels wall, if their labels differ and the evidence there is for one. */
function part(data: Int32Array, evidence: Float32Array, i: number, j: number): void {
  if (data[i] === data[j] || data[i] === 0 || data[j] === 0) return;
  const wall = evidence[i]! >= evidence[j]! ? i : j;
  if (evidence[wall]! >= 0.5) data[wall] = 0;
}
