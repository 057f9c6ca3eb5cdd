import { columnMeans, multiplyTransposed, nuclearNorm, semidefiniteFactor, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { GaussianStatistics } from './gaussian-statistics.js';

/** A Fréchet distance, its two parts and what to know about it. */
export interface FrechetDistance {
  readonly value: number;
  /** ‖μx − μy‖². */
  readonly meanTerm: number;
  /** tr Σx + tr Σy − 2 tr (Σx Σy)^½. */
  readonly covarianceTerm: number;
  readonly warnings: readonly string[];
}

/**
 * Fréchet distance between the Gaussians fitted to two sets of features (Dowson & Landau 1982; FID in Heusel et al. 2017):
 * ‖μx − μy‖² + tr Σx + tr Σy − 2 tr (Σx Σy)^½, covariances with ddof 1, in squared feature units. Lower is better.
 *
 * tr (Σx Σy)^½ is the nuclear norm of Ax·Ayᵀ with A = (features − mean)/√(n − 1), and any factors of the covariances do
 * for A: nothing is regularised, no imaginary part can appear, and n < d works.
 *
 * Biased upwards at small n, the more the smaller n: compare only values of equal n, and heed the warning when n ≤ d.
 * @param reference n×d features, n ≥ 2, or their statistics
 * @param generated m×d features, m ≥ 2, or their statistics
 * @throws RangeError when a set has fewer than 2 samples, the widths differ or an element is NaN or Inf
 * @example frechetDistance(matrix([[0], [2]]), matrix([[3], [5]])).value // => 9
 */
export function frechetDistance(
  reference: Matrix | GaussianStatistics,
  generated: Matrix | GaussianStatistics,
): FrechetDistance {
  if (isFewRows(reference) && isFewRows(generated)) return fromRows(reference, generated);
  return fromStatistics(toStatistics(reference), toStatistics(generated));
}

/** With n ≤ d the features themselves are the smaller factor of the covariance. */
function isFewRows(set: Matrix | GaussianStatistics): set is Matrix {
  return !(set instanceof GaussianStatistics) && set.rows <= set.cols;
}

function toStatistics(set: Matrix | GaussianStatistics): GaussianStatistics {
  return set instanceof GaussianStatistics ? set : GaussianStatistics.of(set);
}

function fromRows(reference: Matrix, generated: Matrix): FrechetDistance {
  checkPair(reference, generated, 2);
  const meanX = columnMeans(reference);
  const meanY = columnMeans(generated);
  const cross = nuclearNorm(multiplyTransposed(reference, generated, { centerA: meanX, centerB: meanY }));
  return combine(
    { count: reference.rows, mean: meanX, trace: totalVariance(reference, meanX) },
    { count: generated.rows, mean: meanY, trace: totalVariance(generated, meanY) },
    cross / Math.sqrt((reference.rows - 1) * (generated.rows - 1)),
  );
}

function fromStatistics(reference: GaussianStatistics, generated: GaussianStatistics): FrechetDistance {
  if (reference.dimension !== generated.dimension) {
    throw new RangeError(
      `reference statistics are of ${reference.dimension} features and generated ones of ${generated.dimension}: extract ` +
        'both with the same layer of the same extractor',
    );
  }
  const factors = [reference, generated].map((set) => semidefiniteFactor(set.covariance()));
  return combine(summary(reference), summary(generated), nuclearNorm(multiplyTransposed(factors[0], factors[1])));
}

interface Summary {
  readonly count: number;
  readonly mean: Float64Array;
  readonly trace: number;
}

function summary(set: GaussianStatistics): Summary {
  return { count: set.count, mean: set.mean, trace: set.variances().reduce((sum, variance) => sum + variance, 0) };
}

function totalVariance({ data, rows, cols }: Matrix, mean: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) sum += (data[i * cols + j] - mean[j]) ** 2;
  }
  return sum / (rows - 1);
}

/** Rounding can take a distance of 0 below it: clamped. */
function combine(reference: Summary, generated: Summary, cross: number): FrechetDistance {
  const meanTerm = reference.mean.reduce((sum, value, i) => sum + (value - generated.mean[i]) ** 2, 0);
  const covarianceTerm = Math.max(0, reference.trace + generated.trace - 2 * cross);
  const warnings = [...rankWarning('reference', reference), ...rankWarning('generated', generated)];
  return { value: meanTerm + covarianceTerm, meanTerm, covarianceTerm, warnings };
}

function rankWarning(role: string, { count, mean }: Summary): string[] {
  if (count > mean.length) return [];
  return [
    `the ${role} covariance of ${mean.length} features rests on ${count} samples and is singular: the Fréchet distance ` +
      'is biased upwards and only comparable at equal n',
  ];
}
