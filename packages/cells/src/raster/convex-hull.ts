import type { LabelMap } from './raster.js';

/** Corners of a convex polygon in order: x0, y0, x1, y1, … */
export type Polygon = readonly number[];

/**
 * The convex hull of each region (Andrew's monotone chain, 1979), around the corners of its pixels: a single pixel has a
 * hull of area 1.
 * @returns element k is the hull of label k; element 0 and labels without a pixel are empty
 */
export function convexHulls(labels: LabelMap): Polygon[] {
  const { data, width, height, count } = labels;
  const points: number[][] = Array.from({ length: count + 1 }, () => []);
  for (let y = 0; y < height; y++) {
    const ends = new Map<number, [number, number]>();
    for (let x = 0; x < width; x++) {
      const label = data[y * width + x]!;
      if (label === 0) continue;
      const end = ends.get(label);
      if (end) end[1] = x + 1;
      else ends.set(label, [x, x + 1]);
    }
    for (const [label, [from, to]] of ends) points[label]!.push(from, y, to, y, from, y + 1, to, y + 1);
  }
  return points.map(hullOf);
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

function hullOf(flat: readonly number[]): Polygon {
  return convexHull(Array.from({ length: flat.length / 2 }, (_, k) => [flat[2 * k]!, flat[2 * k + 1]!] as const));
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
