import type { Matrix } from '@plateau/numerics';
import { checkSameDimension, columnMoments } from './column-moments.js';

/**
 * Deterministic approximation of the sliced Wasserstein-2 distance (Nadjahi et al. 2021, eq. 18), in feature units:
 * projections of many features are nearly Gaussian, so √(‖μx − μy‖²/d + (√(tr Σx/d) − √(tr Σy/d))²), variances with
 * ddof 0. Lower is better.
 * @param reference n×d features, n ≥ 1
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is empty, the widths differ or an element is NaN or Inf
 * @example slicedWassersteinApproximation(matrix([[0], [2]]), matrix([[3], [7]])) // => 4.123105625617661
 */
export function slicedWassersteinApproximation(reference: Matrix, generated: Matrix): number {
  const x = columnMoments(reference, 'reference', 1);
  const y = columnMoments(generated, 'generated', 1);
  checkSameDimension(x, y);
  const d = reference.cols;
  const means = x.mean.reduce((sum, value, i) => sum + (value - y.mean[i]) ** 2, 0) / d;
  return Math.sqrt(means + (spread(x.variances, reference.rows) - spread(y.variances, generated.rows)) ** 2);
}

/** √(mean variance) with ddof 0. */
function spread(variances: Float64Array, n: number): number {
  if (n === 1) return 0;
  return Math.sqrt((variances.reduce((sum, value) => sum + value, 0) * (n - 1)) / n / variances.length);
}
