import type { LabelMap, Raster } from '../raster/raster.js';

/**
 * Puts a line of wall between cells that touch where the evidence, which is smoother than their outlines, shows wall: a
 * rough wall's pits do not open it. Where it shows none the cells go on touching, and their wall is not complete there.
 * @param evidence above ½ is wall
 */
export function partCells(cells: LabelMap, { data: evidence }: Raster): LabelMap {
  const { width, height } = cells;
  const data = cells.data.slice();
  for (let y = 0, i = 0; y < height; y++) {
    const hasBelow = y + 1 < height;
    for (let x = 0; x < width; x++, i++) {
      const hasRight = x + 1 < width;
      if (hasRight && data[i] !== data[i + 1]) part(data, evidence, i, i + 1);
      if (!hasBelow) continue;
      const below = i + width;
      if (data[i] !== data[below]) part(data, evidence, i, below);
      if (!hasRight) continue;
      // Across corners too: walls hang together by sides and corners, cells by sides.
      if (data[i] !== data[below + 1]) part(data, evidence, i, below + 1);
      if (data[i + 1] !== data[below]) part(data, evidence, i + 1, below);
    }
  }
  return { ...cells, data };
}

/** Makes one of two touching pixels of different labels wall, if the evidence there is for one. */
function part(data: Int32Array, evidence: Float32Array, i: number, j: number): void {
  if (data[i] === 0 || data[j] === 0) return;
  const wall = evidence[i]! >= evidence[j]! ? i : j;
  if (evidence[wall]! >= 0.5) data[wall] = 0;
}
