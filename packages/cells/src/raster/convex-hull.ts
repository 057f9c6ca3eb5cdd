import { labelRuns, type PixelRuns } from './pixel-runs.js';
import type { LabelMap } from './raster.js';

/** Corners of a convex polygon in order: x0, y0, x1, y1, … */
export type Polygon = readonly number[];

/**
 * The convex hull of each region, around the corners of its pixels: a single pixel has a hull of area 1. The rows of a
 * region give its points in order of y, so that no sorting is needed for the chains down its left and up its right.
 * @param runs the map's runs, where they are known already
 * @returns element k is the hull of label k; element 0 and labels without a pixel are empty
 */
export function convexHulls(labels: LabelMap, runs = labelRuns(labels)): Polygon[] {
  const { tops, starts, lefts, rights } = rowEnds(labels, runs);
  return Array.from({ length: labels.count + 1 }, (_, label) => {
    const [from, to] = [starts[label]!, starts[label + 1]!];
    const left = sideChain(lefts, from, to, tops[label]!);
    const right = sideChain(rights, from, to, tops[label]!);
    for (let k = right.length - 2; k >= 0; k -= 2) left.push(-right[k]!, right[k + 1]!);
    return left;
  });
}

/** How far each region reaches in each of its rows: those of label k are from starts[k] to starts[k + 1]. */
interface RowEnds {
  readonly tops: Int32Array;
  readonly starts: Int32Array;
  readonly lefts: Int32Array;
  /** Of the right ends the negative, so that the outermost is the least on both sides. */
  readonly rights: Int32Array;
}

// In rows without a pixel of the region.
const NONE = 2 ** 30;

function rowEnds({ height, count }: LabelMap, runs: PixelRuns): RowEnds {
  const names = runs.labels!;
  const tops = new Int32Array(count + 1).fill(height);
  const bottoms = new Int32Array(count + 1).fill(-1);
  for (let y = 0; y < height; y++) {
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const label = names[run]!;
      if (y < tops[label]!) tops[label] = y;
      bottoms[label] = y;
    }
  }
  const starts = new Int32Array(count + 2);
  for (let label = 0; label <= count; label++) {
    starts[label + 1] = starts[label]! + Math.max(0, bottoms[label]! - tops[label]! + 1);
  }
  const lefts = new Int32Array(starts[count + 1]!).fill(NONE);
  const rights = new Int32Array(lefts.length).fill(NONE);
  for (let y = 0; y < height; y++) {
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const label = names[run]!;
      const at = starts[label]! + y - tops[label]!;
      if (lefts[at] === NONE) lefts[at] = runs.starts[run]!;
      rights[at] = -runs.ends[run]!;
    }
  }
  return { tops, starts, lefts, rights };
}

/** The hull of two hulls, all as `convexHulls` gives them. */
export function joinedHull(a: Polygon, b: Polygon): Polygon {
  const left = joinedSide(a, b, 0, bottomOf(a), 0, bottomOf(b), 1);
  const right = joinedSide(a, b, a.length - 2, bottomOf(a) + 2, b.length - 2, bottomOf(b) + 2, -1);
  for (let k = right.length - 2; k >= 0; k -= 2) left.push(-right[k]!, right[k + 1]!);
  return left;
}

/** Index of the lowest corner of a hull's left side, with which that side ends. */
function bottomOf(hull: Polygon): number {
  let k = 0;
  while (hull[k + 3]! > hull[k + 1]!) k += 2;
  return k;
}

/**
 * One side of two hulls together, from top to bottom, as `sideChain` gives it.
 * @param i first corner of that side of the one, and its last; likewise j of the other
 * @param sign 1 for left sides, −1 for right ones, which go backwards and give negative x
 */
function joinedSide(
  a: Polygon,
  b: Polygon,
  i: number,
  lastI: number,
  j: number,
  lastJ: number,
  sign: 1 | -1,
): number[] {
  const chain: number[] = [];
  while (sign * (lastI - i) >= 0 || sign * (lastJ - j) >= 0) {
    const ay = sign * (lastI - i) >= 0 ? a[i + 1]! : Infinity;
    const by = sign * (lastJ - j) >= 0 ? b[j + 1]! : Infinity;
    let x = Infinity;
    if (ay <= by) {
      x = sign * a[i]!;
      i += 2 * sign;
    }
    if (by <= ay) {
      x = Math.min(x, sign * b[j]!);
      j += 2 * sign;
    }
    extend(chain, x, Math.min(ay, by));
  }
  return chain;
}

/** Corners of one side of a hull from top to bottom: x0, y0, x1, y1, …; bends inwards are left out (Andrew 1979). */
function sideChain(ends: Int32Array, from: number, to: number, top: number): number[] {
  const chain: number[] = [];
  for (let row = from; row <= to && to > from; row++) {
    // The line between two rows reaches as far out as the farther of both.
    const above = row > from ? ends[row - 1]! : NONE;
    const below = row < to ? ends[row]! : NONE;
    const x = above < below ? above : below;
    if (x === NONE) continue;
    extend(chain, x, top + row - from);
  }
  return chain;
}

/** Adds a lower corner to a side, without those above it that no longer stand out. */
function extend(chain: number[], x: number, y: number): void {
  let n = chain.length;
  for (; n >= 4; n -= 2) {
    const bx = chain[n - 2]!;
    const by = chain[n - 1]!;
    if ((bx - chain[n - 4]!) * (y - chain[n - 3]!) - (by - chain[n - 3]!) * (x - chain[n - 4]!) < 0) break;
  }
  if (n < chain.length) chain.length = n;
  chain.push(x, y);
}

/** Area of a polygon by the shoelace formula. */
export function polygonArea(polygon: Polygon): number {
  let twice = 0;
  for (let k = 0; k < polygon.length; k += 2) {
    const next = (k + 2) % polygon.length;
    twice += polygon[k]! * polygon[next + 1]! - polygon[next]! * polygon[k + 1]!;
  }
  return Math.abs(twice) / 2;
}

/** The convex hull of points, counter-clockwise; empty without any. */
export function convexHull(points: readonly (readonly [number, number])[]): Polygon {
  if (points.length === 0) return [];
  const sorted = points.slice().sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  return [...chain(sorted), ...chain(sorted.reverse())].flat();
}

function chain(points: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  for (const point of points) {
    while (kept.length > 1 && turn(kept.at(-2)!, kept.at(-1)!, point) <= 0) kept.pop();
    kept.push(point);
  }
  kept.pop();
  return kept;
}

function turn(a: readonly number[], b: readonly number[], c: readonly number[]): number {
  return (b[0]! - a[0]!) * (c[1]! - a[1]!) - (b[1]! - a[1]!) * (c[0]! - a[0]!);
}
