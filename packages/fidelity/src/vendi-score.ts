import { selectRows, gram, scatter, symmetricEigenvalues, type Matrix } from '@plateau/numerics';
import { checkFeatures } from './check-features.js';
import { unitRows } from './unit-rows.js';

/** Settings of the Vendi score. */
export interface VendiOptions {
  /** Order q ≥ 0 of the Rényi entropy; default 1 (Shannon). Small orders count rare kinds, Infinity only the commonest. */
  readonly q?: number;
}

/** Eigenvalues below this share of their sum are rounding noise of the zero ones. */
const NEGLIGIBLE = 1e-14;

/**
 * Vendi score (Friedman & Dieng 2023; orders q: Pasarkar & Dieng 2024): the effective number of distinct samples, the
 * exponential of the Rényi entropy of the eigenvalues of K/n with the cosine kernel K. From 1 (all alike) to n. Higher is
 * more diverse.
 *
 * Cosine similarity ignores length and is raised by a common offset (features after a ReLU): compare with the score of
 * as many reference samples. A row of zeros has no direction; such rows count as alike and unlike all others.
 * @param features n×d features
 * @throws RangeError when there are no rows, an element is NaN or Inf, or q is negative or NaN
 * @example vendiScore(matrix([[1, 0], [0, 1], [0, 2]])) // => 1.889881574842309
 */
export function vendiScore(features: Matrix, options: VendiOptions = {}): number {
  checkFeatures(features, 'given', 1);
  const directions = unitRows(features);
  const weights =
    directions.rows <= directions.cols ? gram(directions) : scatter(directions, new Float64Array(directions.cols));
  return effectiveNumber(symmetricEigenvalues(weights), options);
}

/**
 * The Vendi score of each class by itself: a generator can be diverse over all and repeat itself within one class.
 * @param features n×d features
 * @param labels n class names
 * @returns a score a class, in the order in which the classes first appear
 * @throws RangeError as `vendiScore` does, and when there is not one label a row
 * @example vendiScoreByClass(matrix([[1, 0], [0, 1], [1, 1]]), ['a', 'a', 'b']) // => Map { 'a' => 2, 'b' => 1 }
 */
export function vendiScoreByClass(
  features: Matrix,
  labels: readonly string[],
  options: VendiOptions = {},
): Map<string, number> {
  if (labels.length !== features.rows) {
    throw new RangeError(`${features.rows} samples need as many labels, got ${labels.length}`);
  }
  const members = new Map<string, number[]>();
  labels.forEach((label, i) => members.set(label, [...(members.get(label) ?? []), i]));
  return new Map([...members].map(([label, rows]) => [label, vendiScore(selectRows(features, rows), options)]));
}

/**
 * The Vendi score of a similarity matrix.
 * @param similarities n×n, symmetric, positive semidefinite, ones on the diagonal
 * @throws RangeError when the matrix is not square, holds NaN or Inf, or q is negative or NaN
 * @example vendiScoreOfSimilarities(matrix([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]])) // => 2.157300483374
 */
export function vendiScoreOfSimilarities(similarities: Matrix, options: VendiOptions = {}): number {
  checkFeatures(similarities, 'given', 1);
  return effectiveNumber(symmetricEigenvalues(similarities), options);
}

function effectiveNumber(eigenvalues: Float64Array, { q = 1 }: VendiOptions): number {
  if (!(q >= 0)) throw new RangeError(`the order q must be a number of at least 0, got ${q}`);
  const total = eigenvalues.reduce((sum, value) => sum + value, 0);
  const shares = eigenvalues.map((value) => value / total).filter((value) => value > NEGLIGIBLE);
  if (q === 0) return shares.length;
  if (q === 1) return Math.exp(-shares.reduce((sum, value) => sum + value * Math.log(value), 0));
  if (q === Infinity) return 1 / Math.max(...shares);
  return shares.reduce((sum, value) => sum + value ** q, 0) ** (1 / (1 - q));
}
