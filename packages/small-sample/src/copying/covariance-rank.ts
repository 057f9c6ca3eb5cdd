import { checkFeatures } from '@plateau/fidelity';
import { columnMeans, gram, scatter, symmetricEigenvalues, type Matrix } from '@plateau/numerics';

/** How much of its room a covariance fills. */
export interface CovarianceRank {
  /** Directions that vary at all. */
  readonly rank: number;
  /** The most that n samples of d features can have: min(n − 1, d). */
  readonly possible: number;
  /** (Σλ)²/Σλ²: as many equal directions would vary as much. */
  readonly effective: number;
}

/**
 * Rank of a covariance against the rank its samples allow. A rank below that betrays duplicates or dead features.
 * @throws RangeError below 2 samples or for NaN or Inf
 * @example covarianceRank(matrix([[0, 0], [1, 1], [2, 2]])).rank // => 1
 */
export function covarianceRank(features: Matrix): CovarianceRank {
  checkFeatures(features, 'given', 2);
  const center = columnMeans(features);
  const products = features.rows <= features.cols ? gram(features, { center }) : scatter(features, center);
  const eigenvalues = symmetricEigenvalues(products);
  const largest = eigenvalues.at(-1)!;
  const possible = Math.min(features.rows - 1, features.cols);
  if (!(largest > 0)) return { rank: 0, possible, effective: 0 };
  const shares = eigenvalues.map((value) => Math.max(0, value) / largest);
  const sum = shares.reduce((total, value) => total + value, 0);
  const squares = shares.reduce((total, value) => total + value ** 2, 0);
  const rank = Math.min(possible, shares.filter((value) => value > 1e-12 * eigenvalues.length).length);
  return { rank, possible, effective: sum ** 2 / squares };
}
