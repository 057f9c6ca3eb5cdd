import type { PixelRuns } from '../raster/pixel-runs.js';
import type { LabelMap } from '../raster/raster.js';

/** Two estimates of each region's perimeter, in pixels; element k is label k. */
export interface Perimeters {
  /** Crofton's formula with four directions, which is what skimage's `perimeter_crofton` gives. */
  readonly crofton: Float64Array;
  /** Benkrid and Crookes 2000, which is what skimage's `perimeter` gives. */
  readonly benkridCrookes: Float64Array;
}

/** The perimeters of all regions, of which the runs are given too. */
export function perimeters(labels: LabelMap, runs: PixelRuns): Perimeters {
  return { crofton: croftonPerimeters(labels), benkridCrookes: borderPerimeters(labels, runs) };
}

/** Counts where lines in four directions leave or enter a region: π/4·(N0 + N90 + (N45 + N135)/√2), halved. */
function croftonPerimeters({ data, width, height, count }: LabelMap): Float64Array {
  const straight = new Int32Array(count + 1);
  const diagonal = new Int32Array(count + 1);
  for (let y = 0; y <= height; y++) {
    const hasUpper = y > 0;
    const hasLower = y < height;
    const upper = (y - 1) * width;
    const lower = y * width;
    // a b over c d, a corner where four pixels meet.
    let a = 0;
    let c = 0;
    for (let x = 0; x <= width; x++) {
      const b = hasUpper && x < width ? data[upper + x]! : 0;
      const d = hasLower && x < width ? data[lower + x]! : 0;
      if (a !== b) cross(straight, a, b);
      if (a !== c) cross(straight, a, c);
      if (a !== d) cross(diagonal, a, d);
      if (b !== c) cross(diagonal, b, c);
      a = b;
      c = d;
    }
  }
  return Float64Array.from(straight, (n, label) =>
    label === 0 ? 0 : (Math.PI / 8) * (n + diagonal[label]! / Math.SQRT2),
  );
}

function cross(crossings: Int32Array, a: number, b: number): void {
  crossings[a]!++;
  crossings[b]!++;
}

/** Weights of border pixels (those with a side outside) by what kinds of border pixels lie around them. */
function borderPerimeters({ data, width, height, count }: LabelMap, runs: PixelRuns): Float64Array {
  // The label of border pixels, 0 elsewhere, in a frame that saves every test of the image's border.
  const stride = width + 2;
  const border = new Int32Array(stride * (height + 2));
  // Where they are: few, so that the weights are looked up for them alone.
  const places = new Int32Array(width * height);
  let n = 0;
  for (let y = 0; y < height; y++) {
    const isEdgeRow = y === 0 || y === height - 1;
    const row = y * width;
    const framed = (y + 1) * stride + 1;
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      const [label, start, last] = [runs.labels![run]!, runs.starts[run]!, runs.ends[run]! - 1];
      for (let x = start; x <= last; x++) {
        const i = row + x;
        // A run's ends have another label beside them, or the image's border.
        if (x === start || x === last || isEdgeRow || data[i - width] !== label || data[i + width] !== label) {
          border[framed + x] = label;
          places[n++] = framed + x;
        }
      }
    }
  }
  const result = new Float64Array(count + 1);
  for (let k = 0; k < n; k++) {
    const f = places[k]!;
    const label = border[f]!;
    let kind = 1;
    if (border[f - 1] === label) kind += 2;
    if (border[f + 1] === label) kind += 2;
    if (border[f - stride] === label) kind += 2;
    if (border[f + stride] === label) kind += 2;
    if (border[f - stride - 1] === label) kind += 10;
    if (border[f - stride + 1] === label) kind += 10;
    if (border[f + stride - 1] === label) kind += 10;
    if (border[f + stride + 1] === label) kind += 10;
    result[label]! += WEIGHTS[kind]!;
  }
  return result;
}

/** By 1, and 2 for each border pixel at a side, and 10 for each at a corner. */
const WEIGHTS = Float64Array.from({ length: 50 }, (_, kind) => {
  if ([5, 7, 15, 17, 25, 27].includes(kind)) return 1;
  if (kind === 21 || kind === 33) return Math.SQRT2;
  return kind === 13 || kind === 23 ? (1 + Math.SQRT2) / 2 : 0;
});
