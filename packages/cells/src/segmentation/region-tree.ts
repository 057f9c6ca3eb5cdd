import { convexHulls, joinedHull, polygonArea, type Polygon } from '../raster/convex-hull.js';
import { mergeWeakest, type PooledBorder } from '../raster/merge-weakest.js';
import type { LabelMap, Raster } from '../raster/raster.js';
import { regionBorders } from '../raster/region-borders.js';

/** A basin, or what became one region by the merging of two. */
export interface TreeRegion {
  /** The basin's label; 0 for a merged region. */
  readonly label: number;
  readonly parts: readonly TreeRegion[];
  readonly moments: Moments;
  readonly hull: Polygon;
  /** How many sides of the image it reaches. */
  readonly sides: number;
  /** Mean evidence along its borders with others; 0 without any. */
  readonly rim: number;
  /** Mean evidence along the strongest border within it; 0 for a basin. */
  readonly joint: number;
}

/** Sums over a region's pixels. */
export interface Moments {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  readonly xx: number;
  readonly xy: number;
  readonly yy: number;
  readonly evidence: number;
}

/**
 * All regions that appear as basins are merged, the weakest border first, until one is left: a tree of nested regions.
 * @returns parts before what they are part of
 */
export function regionTree(basins: LabelMap, evidence: Raster): TreeRegion[] {
  const borders = regionBorders(basins, evidence);
  const rims: PooledBorder[] = Array.from({ length: basins.count + 1 }, () => ({ length: 0, sum: 0 }));
  for (const { a, b, length, sum } of borders) {
    for (const k of [a, b]) rims[k] = { length: rims[k]!.length + length, sum: rims[k]!.sum + sum };
  }
  const hulls = convexHulls(basins);
  const sidesOf = (hull: Polygon): number => sidesReached(hull, basins.width, basins.height);
  const tree: TreeRegion[] = [];
  const now = new Map<number, TreeRegion>();
  const add = (label: number, region: TreeRegion): void => {
    now.set(label, region);
    tree.push(region);
  };
  momentsOf(basins, evidence).forEach((moments, label) => {
    if (label === 0) return;
    const hull = hulls[label]!;
    add(label, { label, parts: [], moments, hull, sides: sidesOf(hull), rim: meanOf([rims[label]!]), joint: 0 });
  });
  mergeWeakest(borders, basins.count, Infinity, ({ kept, gone, strength, borders: around }) => {
    const [a, b] = [now.get(kept)!, now.get(gone)!];
    const hull = joinedHull(a.hull, b.hull);
    add(kept, {
      label: 0,
      parts: [a, b],
      moments: sumOf(a.moments, b.moments),
      hull,
      sides: sidesOf(hull),
      rim: meanOf(around.values()),
      joint: Math.max(strength, a.joint, b.joint),
    });
  });
  return tree;
}

/** Area over the area of the convex hull. */
export function solidityOf({ moments, hull }: TreeRegion): number {
  return moments.area / polygonArea(hull);
}

/** Longest over shortest axis of the ellipse with the same second moments. */
export function aspectOf({ moments: { area, x, y, xx, xy, yy } }: TreeRegion): number {
  // A pixel is a square, not a point: a twelfth more along each axis.
  const [a, c, b] = [
    xx / area - (x / area) ** 2 + 1 / 12,
    yy / area - (y / area) ** 2 + 1 / 12,
    xy / area - (x * y) / area ** 2,
  ];
  const [middle, half] = [(a + c) / 2, Math.hypot((a - c) / 2, b)];
  return Math.sqrt((middle + half) / Math.max(middle - half, 1e-9));
}

function meanOf(borders: Iterable<PooledBorder>): number {
  let [total, n] = [0, 0];
  for (const { length, sum } of borders) {
    total += sum;
    n += length;
  }
  return n > 0 ? total / n : 0;
}

function sumOf(a: Moments, b: Moments): Moments {
  return {
    area: a.area + b.area,
    x: a.x + b.x,
    y: a.y + b.y,
    xx: a.xx + b.xx,
    xy: a.xy + b.xy,
    yy: a.yy + b.yy,
    evidence: a.evidence + b.evidence,
  };
}

function sidesReached(hull: Polygon, width: number, height: number): number {
  let [left, right, top, bottom] = [0, 0, 0, 0];
  for (let k = 0; k < hull.length; k += 2) {
    const x = hull[k]!;
    const y = hull[k + 1]!;
    if (x === 0) left = 1;
    if (x === width) right = 1;
    if (y === 0) top = 1;
    if (y === height) bottom = 1;
  }
  return left + right + top + bottom;
}

function momentsOf({ data, width, height, count }: LabelMap, evidence: Raster): Moments[] {
  const sums = new Float64Array(7 * (count + 1));
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let start = 0, end = 1; start < width; start = end++) {
      const label = data[row + start]!;
      while (end < width && data[row + end] === label) end++;
      const n = end - start;
      let lines = 0;
      for (let i = row + start; i < row + end; i++) lines += evidence.data[i]!;
      const x = (n * (start + end - 1)) / 2;
      const at = 7 * label;
      sums[at]! += n;
      sums[at + 1]! += x;
      sums[at + 2]! += n * y;
      sums[at + 3]! += squaresBelow(end) - squaresBelow(start);
      sums[at + 4]! += x * y;
      sums[at + 5]! += n * y * y;
      sums[at + 6]! += lines;
    }
  }
  return Array.from({ length: count + 1 }, (_, label) => {
    const [area, x, y, xx, xy, yy, lines] = sums.subarray(7 * label, 7 * label + 7) as unknown as number[];
    return { area: area!, x: x!, y: y!, xx: xx!, xy: xy!, yy: yy!, evidence: lines! };
  });
}

/** The sum of the squares of the whole numbers below n. */
function squaresBelow(n: number): number {
  return ((n - 1) * n * (2 * n - 1)) / 6;
}
