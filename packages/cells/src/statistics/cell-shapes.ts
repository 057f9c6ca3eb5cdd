import { convexHulls, polygonArea } from '../raster/convex-hull.js';
import { labelRuns } from '../raster/pixel-runs.js';
import type { LabelMap } from '../raster/raster.js';
import { perimeters } from './perimeter.js';

/** Geometry of one cell, in pixels. */
export interface CellShape {
  readonly area: number;
  readonly x: number;
  readonly y: number;
  /** Sides of the bounding box. */
  readonly boxWidth: number;
  readonly boxHeight: number;
  readonly touchesBorder: boolean;
  /** Crofton, four directions. */
  readonly perimeter: number;
  readonly perimeterBenkridCrookes: number;
  /** Axes of the ellipse with the same second moments, pixels as points: 0 for a line of pixels. */
  readonly majorAxis: number;
  readonly minorAxis: number;
  /** Angle of the major axis from the x axis in degrees, counter-clockwise as seen, −90 to 90. */
  readonly orientation: number;
  /** Greatest and least distance between parallel tangents. */
  readonly feretMax: number;
  readonly feretMin: number;
  /** Area over the area of the convex hull around the pixels' corners. */
  readonly solidity: number;
}

/** Measures every label in passes over the image; element k − 1 is label k. */
export function measureShapes(labels: LabelMap): CellShape[] {
  const { width, height, count } = labels;
  const n = new Int32Array(count + 1);
  const [sx, sy] = [new Float64Array(count + 1), new Float64Array(count + 1)];
  const [sxx, syy, sxy] = [new Float64Array(count + 1), new Float64Array(count + 1), new Float64Array(count + 1)];
  // Columns from left to right − 1, rows from top to bottom.
  const [left, right] = [new Int32Array(count + 1).fill(width), new Int32Array(count + 1)];
  const [top, bottom] = [new Int32Array(count + 1).fill(height), new Int32Array(count + 1).fill(-1)];
  const runs = labelRuns(labels);
  const names = runs.labels!;
  for (let y = 0; y < height; y++) {
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const [k, start, end] = [names[run]!, runs.starts[run]!, runs.ends[run]!];
      // The sums of x and x² over a run, which are whole numbers.
      const length = end - start;
      const sum = ((start + end - 1) * length) / 2;
      n[k]! += length;
      sx[k]! += sum;
      sy[k]! += y * length;
      sxx[k]! += squaresBelow(end) - squaresBelow(start);
      syy[k]! += y * y * length;
      sxy[k]! += y * sum;
      if (start < left[k]!) left[k] = start;
      if (end > right[k]!) right[k] = end;
      if (y < top[k]!) top[k] = y;
      bottom[k] = y;
    }
  }
  const { crofton, benkridCrookes } = perimeters(labels, runs);
  const hulls = convexHulls(labels, runs);
  return Array.from({ length: count }, (_, index): CellShape => {
    const k = index + 1;
    const [x, y] = [sx[k]! / n[k]!, sy[k]! / n[k]!];
    const xx = sxx[k]! / n[k]! - x * x;
    const yy = syy[k]! / n[k]! - y * y;
    const xy = sxy[k]! / n[k]! - x * y;
    const spread = Math.hypot(xx - yy, 2 * xy);
    const [feretMin, feretMax] = ferets(hulls[k]!);
    return {
      area: n[k]!,
      x,
      y,
      boxWidth: right[k]! - left[k]!,
      boxHeight: bottom[k]! - top[k]! + 1,
      touchesBorder: left[k] === 0 || top[k] === 0 || right[k] === width || bottom[k] === height - 1,
      perimeter: crofton[k]!,
      perimeterBenkridCrookes: benkridCrookes[k]!,
      majorAxis: 4 * Math.sqrt((xx + yy + spread) / 2),
      minorAxis: 4 * Math.sqrt(Math.max((xx + yy - spread) / 2, 0)),
      orientation: (-90 / Math.PI) * Math.atan2(2 * xy, xx - yy),
      feretMax,
      feretMin,
      solidity: n[k]! / polygonArea(hulls[k]!),
    };
  });
}

/** 0² + 1² + … + (n − 1)². */
function squaresBelow(n: number): number {
  return ((n - 1) * n * (2 * n - 1)) / 6;
}

/** Least width over the hull's edges, and greatest distance between its corners. */
function ferets(hull: readonly number[]): [least: number, greatest: number] {
  let least = Infinity;
  let greatest = 0;
  for (let k = 0; k < hull.length; k += 2) {
    const next = (k + 2) % hull.length;
    const x = hull[k]!;
    const y = hull[k + 1]!;
    const ex = hull[next]! - x;
    const ey = hull[next + 1]! - y;
    let across = 0;
    for (let j = 0; j < hull.length; j += 2) {
      const dx = hull[j]! - x;
      const dy = hull[j + 1]! - y;
      across = Math.max(across, Math.abs(ex * dy - ey * dx));
      greatest = Math.max(greatest, dx * dx + dy * dy);
    }
    least = Math.min(least, across / Math.sqrt(ex * ex + ey * ey));
  }
  return [least, Math.sqrt(greatest)];
}
