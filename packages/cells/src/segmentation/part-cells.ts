import type { LabelMap, Raster } from '../raster/raster.js';

/**
 * Puts a line of wall between cells that touch where the evidence, which is smoother than their outlines, shows wall: a
 * rough wall's pits do not open it. Where it shows none the cells go on touching, and their wall is not complete there.
 * @param evidence above ½ is wall
 */
export function partCells(cells: LabelMap, { data: evidence }: Raster): LabelMap {
  const { width, height } = cells;
  const data = Int32Array.from(cells.data);
  const part = (i: number, j: number): void => {
    if (data[i] === 0 || data[j] === 0 || data[i] === data[j]) return;
    const wall = evidence[i]! >= evidence[j]! ? i : j;
    if (evidence[wall]! >= 0.5) data[wall] = 0;
  };
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const [hasRight, hasBelow] = [x + 1 < width, y + 1 < height];
      if (hasRight) part(i, i + 1);
      if (hasBelow) part(i, i + width);
      // Across corners too: walls hang together by sides and corners, cells by sides.
      if (hasRight && hasBelow) {
        part(i, i + width + 1);
        part(i + 1, i + width);
      }
    }
  }
  return { ...cells, data };
}
