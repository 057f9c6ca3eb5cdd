import { drawSeeds, miniBatchKMeans, RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';
import { drawRows, equalisedWarning, stack } from './rows.js';

/** Settings of `precisionRecallCurve`. */
export interface PrecisionRecallCurveOptions {
  /** Clusters of the union of both sets; default 20. */
  readonly clusters?: number;
  /** Clusterings over which the curve is averaged; default 10. */
  readonly runs?: number;
  /** Points of the curve; default 1001. */
  readonly angles?: number;
  /** Default 2020. */
  readonly seed?: number;
}

/** Precision and recall as a curve of attainable pairs. */
export interface PrecisionRecallCurve {
  /** Largest F8 on the curve: weighs recall, so it measures diversity. */
  readonly f8: number;
  /** Largest F⅛ on the curve: weighs precision, so it measures fidelity. */
  readonly fEighth: number;
  readonly precision: Float64Array;
  readonly recall: Float64Array;
  readonly warnings: readonly string[];
}

/** Keeps the slopes at both ends of the curve finite. */
const ANGLE_MARGIN = 1e-10;

/**
 * Precision and recall of distributions (Sajjadi et al. 2018): the union of both sets is clustered by mini-batch
 * k-means, and the histograms
 * P (reference) and Q (generated) over the clusters give α(λ) = Σ min(λP, Q) and β(λ) = α(λ)/λ for slopes λ = tan of
 * equal angles. Shares in [0, 1]; higher is better.
 *
 * Clusters are random, so values move by some hundredths with the seed. Sets of unequal size would favour the larger: a
 * random subset of it is used, and a warning says so.
 * @param reference n×d features
 * @param generated m×d features; n + m ≥ clusters
 * @throws RangeError when there are fewer samples than clusters, the widths differ or an element is NaN or Inf
 * @example precisionRecallCurve(x, x).f8 // => 1
 */
export function precisionRecallCurve(
  reference: Matrix,
  generated: Matrix,
  options: PrecisionRecallCurveOptions = {},
): PrecisionRecallCurve {
  checkPair(reference, generated, 1);
  const { clusters = 20, runs = 10, angles = 1001, seed = 2020 } = options;
  const n = Math.min(reference.rows, generated.rows);
  checkInteger('clusters', clusters, 1, 2 * n);
  checkInteger('runs', runs, 1);
  checkInteger('angles', angles, 3);
  const random = new RandomState(seed);
  const union = stack(drawRows(reference, n, random), drawRows(generated, n, random));
  const precision = new Float64Array(angles);
  const recall = new Float64Array(angles);
  const seeds = drawSeeds(union, random);
  for (let run = 0; run < runs; run++) {
    const labels = miniBatchKMeans(union, { clusters, random }, seeds);
    addCurve(histogram(labels.subarray(0, n), clusters), histogram(labels.subarray(n), clusters), precision, recall);
  }
  for (let i = 0; i < angles; i++) {
    precision[i] = Math.min(1, precision[i] / runs);
    recall[i] = Math.min(1, recall[i] / runs);
  }
  return {
    f8: largestF(precision, recall, 8),
    fEighth: largestF(precision, recall, 1 / 8),
    precision,
    recall,
    warnings: equalisedWarning(reference, generated),
  };
}

function histogram(labels: Int32Array, clusters: number): Float64Array {
  const shares = new Float64Array(clusters);
  for (const label of labels) shares[label] += 1 / labels.length;
  return shares;
}

function addCurve(
  referenceShares: Float64Array,
  generatedShares: Float64Array,
  precision: Float64Array,
  recall: Float64Array,
): void {
  const last = precision.length - 1;
  for (let i = 0; i <= last; i++) {
    const angle = ANGLE_MARGIN + (i / last) * (Math.PI / 2 - 2 * ANGLE_MARGIN);
    const slope = Math.tan(angle);
    const alpha = referenceShares.reduce((sum, share, c) => sum + Math.min(slope * share, generatedShares[c]), 0);
    precision[i] += alpha;
    recall[i] += alpha / slope;
  }
}

function largestF(precision: Float64Array, recall: Float64Array, beta: number): number {
  const weight = beta * beta;
  return precision.reduce((largest, p, i) => {
    const r = recall[i];
    const value = p + r === 0 ? 0 : ((1 + weight) * p * r) / (weight * p + r);
    return Math.max(largest, value);
  }, 0);
}
