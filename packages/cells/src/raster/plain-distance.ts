import type { Mask } from './raster.js';

/** What `squaredDistance` does without WebAssembly; the same numbers. */
export function plainSquaredDistance(mask: Mask, most: number): Int32Array {
  const { width, height } = mask;
  return rowEnvelopes(columnDistances(mask), width, height).map((squared) => Math.min(squared, most));
}

/** What `signedSquaredDistance` does without WebAssembly; the same numbers. */
export function plainSignedDistance(mask: Mask, most: number): Int32Array {
  const outside = plainSquaredDistance({ ...mask, data: mask.data.map((inside) => 1 - inside) }, most);
  return plainSquaredDistance(mask, most).map((squared, i) => squared - outside[i]!);
}

/** Distance down and up each column to the nearest pixel outside; width + height where there is none. */
export function columnDistances({ data, width, height }: Mask): Int32Array {
  const far = width + height;
  const distances = new Int32Array(width * height);
  for (let x = 0; x < width; x++) distances[x] = data[x] ? far : 0;
  for (let i = width; i < distances.length; i++) {
    if (!data[i]) continue;
    const above = distances[i - width]!;
    distances[i] = above < far ? above + 1 : far;
  }
  for (let i = distances.length - width - 1; i >= 0; i--) {
    const below = distances[i + width]! + 1;
    if (below < distances[i]!) distances[i] = below;
  }
  return distances;
}

/**
 * Row by row, from one pixel outside the mask to the next: no pixel beyond those is nearer than they are.
 * @param nearest takes the column of each pixel's nearest, when given
 */
export function rowEnvelopes(columns: Int32Array, width: number, height: number, nearest?: Int32Array): Int32Array {
  const most = (width + height) ** 2;
  const result = new Int32Array(width * height);
  const sites = new Int32Array(width);
  const lifts = new Float64Array(width);
  for (let row = 0; row < columns.length; row += width) {
    for (let x = 0; x < width; x++) {
      if (columns[row + x] === 0) continue;
      let end = x + 1;
      while (end < width && columns[row + end] !== 0) end++;
      const first = x > 0 ? x - 1 : 0;
      const last = end < width ? end : end - 1;
      const top = lowerHull(columns, row, first, last, sites, lifts);
      readHull(result, row, first, last, sites, lifts, top, most, nearest);
      x = end;
    }
  }
  if (nearest) {
    for (let row = 0; row < columns.length; row += width) {
      for (let x = 0; x < width; x++) if (columns[row + x] === 0) nearest[row + x] = x;
    }
  }
  return result;
}

/**
 * A column s at height g is at squared distance (x − s)² + g² = x² + (s² + g²) − 2xs from column x of the row: of all
 * columns, the nearest ones are the corners of the lower hull of the points (s, s² + g²). No division is needed.
 * @returns index of the last corner
 */
function lowerHull(
  columns: Int32Array,
  row: number,
  first: number,
  last: number,
  sites: Int32Array,
  lifts: Float64Array,
): number {
  let top = -1;
  for (let x = first; x <= last; x++) {
    const height = columns[row + x]!;
    const lift = x * x + height * height;
    for (; top > 0; top--) {
      const site = sites[top]!;
      const below = sites[top - 1]!;
      if ((lifts[top]! - lifts[top - 1]!) * (x - site) < (lift - lifts[top]!) * (site - below)) break;
    }
    top++;
    sites[top] = x;
    lifts[top] = lift;
  }
  return top;
}

/** The least squared distance of each column from first to last, corner by corner; the left one of two as near. */
function readHull(
  result: Int32Array,
  row: number,
  first: number,
  last: number,
  sites: Int32Array,
  lifts: Float64Array,
  top: number,
  most: number,
  nearest?: Int32Array,
): void {
  let corner = 0;
  for (let x = first; x <= last; x++) {
    let value = lifts[corner]! - 2 * x * sites[corner]!;
    while (corner < top) {
      const next = lifts[corner + 1]! - 2 * x * sites[corner + 1]!;
      if (next >= value) break;
      value = next;
      corner++;
    }
    value += x * x;
    result[row + x] = value < most ? value : most;
    if (nearest) nearest[row + x] = sites[corner]!;
  }
}
