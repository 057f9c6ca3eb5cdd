import type { Matrix } from '@plateau/numerics';
import { checkSameDimension, columnMoments } from './column-moments.js';
import type { GaussianStatistics } from './gaussian-statistics.js';

/**
 * The mean term of the Fréchet distance alone: ‖μx − μy‖², in squared feature units. Lower is better.
 *
 * Blind to diversity. Its sampling bias, (tr Σx)/n + (tr Σy)/m, is far below that of the full distance: usable for n ≪ d.
 * @param reference n×d features, n ≥ 1, or their statistics
 * @param generated m×d features, m ≥ 1, or their statistics
 * @throws RangeError when a set is empty, the widths differ or an element is NaN or Inf
 * @example frechetMeanDistance(matrix([[0], [2]]), matrix([[3], [5]])) // => 9
 */
export function frechetMeanDistance(
  reference: Matrix | GaussianStatistics,
  generated: Matrix | GaussianStatistics,
): number {
  const x = columnMoments(reference, 'reference', 1);
  const y = columnMoments(generated, 'generated', 1);
  checkSameDimension(x, y);
  return x.mean.reduce((sum, value, i) => sum + (value - y.mean[i]) ** 2, 0);
}
