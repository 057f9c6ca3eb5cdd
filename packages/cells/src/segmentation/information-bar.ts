import type { Raster } from '../raster/raster.js';

/**
 * Rows at the foot of a micrograph that hold the instrument's information bar: at most a fifth of the height, most of
 * whose pixels have one and the same value, and which starts with a row that differs sharply from the one above.
 * @returns the number of rows; 0 when there is none
 */
export function informationBarHeight({ data, width, height }: Raster<ArrayLike<number>>): number {
  if (width < 64 || height < 64) return 0;
  let bar = 0;
  for (let rows = 1; rows <= height / 5; rows++) {
    if (commonShare(data, (height - rows) * width, width) < 0.4) break;
    bar = rows;
  }
  if (bar < height / 40) return 0;
  const start = (height - bar) * width;
  let jump = 0;
  for (let x = 0; x < width; x++) jump += Math.abs(data[start + x]! - data[start + x - width]!);
  const inside = commonShare(data, start - width, width);
  return inside < 0.3 && jump / width > 20 ? bar : 0;
}

/** The share of the most frequent value in a row. */
function commonShare(data: ArrayLike<number>, start: number, width: number): number {
  const counts = new Map<number, number>();
  let most = 0;
  for (let x = 0; x < width; x++) {
    const n = (counts.get(data[start + x]!) ?? 0) + 1;
    counts.set(data[start + x]!, n);
    if (n > most) most = n;
  }
  return most / width;
}
