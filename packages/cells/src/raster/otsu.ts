import { histogram256 } from './histogram.js';

/** A histogram and the thresholds that part it best. */
export interface OtsuResult {
  /** Values up to and including the threshold belong to the lower class; ascending. */
  readonly thresholds: readonly number[];
  /** Share of the variance that lies between the classes, 0 to 1: how clearly the classes differ. */
  readonly separability: number;
}

/**
 * Otsu's threshold (Otsu 1979): the value that maximises the variance between the two classes; the lowest when several do.
 * @param values 8-bit samples
 * @throws RangeError when there are none
 * @example otsuThreshold(Uint8Array.of(0, 0, 1, 9, 9, 8)) // => { thresholds: [1], separability: 0.98… }
 */
export function otsuThreshold(values: ArrayLike<number>): OtsuResult {
  return multiOtsu(values, 2);
}

/**
 * Otsu's criterion for more than two classes (Liao, Chen and Chung 2001), exact by dynamic programming over 256 levels.
 * @param values whole numbers, 0 to 255
 * @param classes from 2 to 5
 * @returns classes − 1 thresholds; fewer when there are fewer different values than classes
 * @throws RangeError when there are no values, a value has no level, or the number of classes can't be
 */
export function multiOtsu(values: ArrayLike<number>, classes: number): OtsuResult {
  if (!Number.isInteger(classes) || classes < 2 || classes > 5) {
    throw new RangeError(`multiOtsu: ${classes} classes were asked for, expected 2 to 5`);
  }
  const histogram = histogram256(values);
  const different = histogram.reduce((count, n) => count + (n > 0 ? 1 : 0), 0);
  return partHistogram(histogram, Math.min(classes, different));
}

/** Maximises Σ (sum of class)² / (size of class); the total variance is its upper bound. */
function partHistogram(histogram: Float64Array, classes: number): OtsuResult {
  const levels = histogram.length;
  const counts = new Float64Array(levels + 1);
  const sums = new Float64Array(levels + 1);
  let squares = 0;
  for (let v = 0; v < levels; v++) {
    counts[v + 1] = counts[v]! + histogram[v]!;
    sums[v + 1] = sums[v]! + v * histogram[v]!;
    squares += v * v * histogram[v]!;
  }
  const gain = (from: number, to: number): number => {
    const n = counts[to]! - counts[from]!;
    return n > 0 ? (sums[to]! - sums[from]!) ** 2 / n : 0;
  };
  let best = Float64Array.from({ length: levels + 1 }, (_, to) => gain(0, to));
  const cuts: Int32Array[] = [];
  for (let k = 1; k < classes; k++) {
    const next = new Float64Array(levels + 1).fill(-Infinity);
    const cut = new Int32Array(levels + 1);
    for (let to = k + 1; to <= levels; to++) {
      for (let from = k; from < to; from++) {
        const value = best[from]! + gain(from, to);
        if (value > next[to]! * (1 + 1e-13)) {
          next[to] = value;
          cut[to] = from;
        }
      }
    }
    best = next;
    cuts.push(cut);
  }
  const thresholds: number[] = [];
  let to = levels;
  for (let k = cuts.length - 1; k >= 0; k--) {
    to = cuts[k]![to]!;
    thresholds.unshift(to - 1);
  }
  const base = sums[levels]! ** 2 / counts[levels]!;
  const total = squares - base;
  return { thresholds, separability: total > 0 ? (best[levels]! - base) / total : 0 };
}
