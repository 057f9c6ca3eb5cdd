import type { LabelMap } from '../raster/raster.js';

/** Two estimates of each region's perimeter, in pixels; element k is label k. */
export interface Perimeters {
  /** Crofton's formula with four directions, which is what skimage's `perimeter_crofton` gives. */
  readonly crofton: Float64Array;
  /** Benkrid and Crookes 2000, which is what skimage's `perimeter` gives. */
  readonly benkridCrookes: Float64Array;
}

/** The perimeters of all regions, in one pass over the image for each estimate. */
export function perimeters(labels: LabelMap): Perimeters {
  return { crofton: croftonPerimeters(labels), benkridCrookes: borderPerimeters(labels) };
}

/** Counts where lines in four directions leave or enter a region: π/4·(N0 + N90 + (N45 + N135)/√2), halved. */
function croftonPerimeters({ data, width, height, count }: LabelMap): Float64Array {
  const straight = new Float64Array(count + 1);
  const diagonal = new Float64Array(count + 1);
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!);
  const cross = (crossings: Float64Array, a: number, b: number): void => {
    if (a === b) return;
    crossings[a]!++;
    crossings[b]!++;
  };
  for (let y = -1; y < height; y++) {
    for (let x = -1; x < width; x++) {
      const [a, b, c, d] = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      cross(straight, a, b);
      cross(straight, a, c);
      cross(diagonal, a, d);
      cross(diagonal, b, c);
    }
  }
  return straight.map((n, label) => (label === 0 ? 0 : (Math.PI / 8) * (n + diagonal[label]! / Math.SQRT2)));
}

/** Weights of border pixels (those with a side outside) by what kinds of border pixels lie around them. */
function borderPerimeters({ data, width, height, count }: LabelMap): Float64Array {
  const at = (x: number, y: number): number => (x < 0 || y < 0 || x >= width || y >= height ? 0 : data[y * width + x]!);
  const border = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const label = at(x, y);
      if (label === 0) continue;
      if (at(x - 1, y) !== label || at(x + 1, y) !== label || at(x, y - 1) !== label || at(x, y + 1) !== label) {
        border[y * width + x] = 1;
      }
    }
  }
  const result = new Float64Array(count + 1);
  const onBorder = (x: number, y: number, label: number): number => (at(x, y) === label ? border[y * width + x]! : 0);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!border[y * width + x]) continue;
      const label = at(x, y);
      const sides =
        onBorder(x - 1, y, label) + onBorder(x + 1, y, label) + onBorder(x, y - 1, label) + onBorder(x, y + 1, label);
      const corners =
        onBorder(x - 1, y - 1, label) +
        onBorder(x + 1, y - 1, label) +
        onBorder(x - 1, y + 1, label) +
        onBorder(x + 1, y + 1, label);
      result[label]! += weightOf(1 + 2 * sides + 10 * corners);
    }
  }
  return result;
}

function weightOf(kind: number): number {
  if ([5, 7, 15, 17, 25, 27].includes(kind)) return 1;
  if (kind === 21 || kind === 33) return Math.SQRT2;
  if (kind === 13 || kind === 23) return (1 + Math.SQRT2) / 2;
  return 0;
}
