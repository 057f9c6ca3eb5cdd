import { convexHulls, polygonArea } from '../raster/convex-hull.js';
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
  const { data, width, height, count } = labels;
  const sums = Array.from({ length: 6 }, () => new Float64Array(count + 1));
  const [n, sx, sy, sxx, syy, sxy] = sums as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const [left, right] = [new Int32Array(count + 1).fill(width), new Int32Array(count + 1).fill(-1)];
  const [top, bottom] = [new Int32Array(count + 1).fill(height), new Int32Array(count + 1).fill(-1)];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const k = data[i]!;
      if (k === 0) continue;
      n[k]!++;
      sx[k]! += x;
      sy[k]! += y;
      sxx[k]! += x * x;
      syy[k]! += y * y;
      sxy[k]! += x * y;
      if (x < left[k]!) left[k] = x;
      if (x > right[k]!) right[k] = x;
      if (y < top[k]!) top[k] = y;
      if (y > bottom[k]!) bottom[k] = y;
    }
  }
  const { crofton, benkridCrookes } = perimeters(labels);
  const hulls = convexHulls(labels);
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
      boxWidth: right[k]! - left[k]! + 1,
      boxHeight: bottom[k]! - top[k]! + 1,
      touchesBorder: left[k] === 0 || top[k] === 0 || right[k] === width - 1 || bottom[k] === height - 1,
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

/** Least width over the hull's edges, and greatest distance between its corners. */
function ferets(hull: readonly number[]): [least: number, greatest: number] {
  let [least, greatest] = [Infinity, 0];
  for (let k = 0; k < hull.length; k += 2) {
    const next = (k + 2) % hull.length;
    const [x0, y0, x1, y1] = [hull[k]!, hull[k + 1]!, hull[next]!, hull[next + 1]!];
    const length = Math.hypot(x1 - x0, y1 - y0);
    let across = 0;
    for (let j = 0; j < hull.length; j += 2) {
      const [dx, dy] = [hull[j]! - x0, hull[j + 1]! - y0];
      across = Math.max(across, Math.abs((x1 - x0) * dy - (y1 - y0) * dx) / length);
      greatest = Math.max(greatest, Math.hypot(dx, dy));
    }
    least = Math.min(least, across);
  }
  return [least, greatest];
}
