import type { Matrix } from '@plateau/numerics';
import { checkSameDimension, columnMoments } from './column-moments.js';
import type { GaussianStatistics } from './gaussian-statistics.js';

/**
 * The Fréchet distance of Gaussians with diagonal covariances: ‖μx − μy‖² + Σ (σx − σy)², variances with ddof 1, in
 * squared feature units. Lower is better.
 *
 * Sees whether each feature varies as much as it should, not how features vary together; usable for n ≪ d.
 * @param reference n×d features, n ≥ 2, or their statistics
 * @param generated m×d features, m ≥ 2, or their statistics
 * @throws RangeError when a set has fewer than 2 samples, the widths differ or an element is NaN or Inf
 * @example frechetDiagonalDistance(matrix([[0], [2]]), matrix([[3], [7]])) // => 18
 */
export function frechetDiagonalDistance(
  reference: Matrix | GaussianStatistics,
  generated: Matrix | GaussianStatistics,
): number {
  const x = columnMoments(reference, 'reference', 2);
  const y = columnMoments(generated, 'generated', 2);
  checkSameDimension(x, y);
  return x.mean.reduce((sum, mean, i) => {
    const spread = Math.sqrt(x.variances[i]) - Math.sqrt(y.variances[i]);
    return sum + (mean - y.mean[i]) ** 2 + spread ** 2;
  }, 0);
}
