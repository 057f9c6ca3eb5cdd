import { gram, scatter, symmetricEigenvalues, type Matrix } from '@plateau/numerics';
import { checkFeatures } from './check-features.js';

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
 * The Vendi score of a similarity matrix.
 * @param similarities n×n, symmetric, positive semidefinite, ones on the diagonal
 * @throws RangeError when the matrix is not square, holds NaN or Inf, or q is negative or NaN
 * @example vendiScoreOfSimilarities(matrix([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]])) // => 2.157300483374113
 */
export function vendiScoreOfSimilarities(similarities: Matrix, options: VendiOptions = {}): number {
  checkFeatures(similarities, 'given', 1);
  return effectiveNumber(symmetricEigenvalues(similarities), options);
}

/** Rows scaled to length 1, with one column more where the direction of zero rows goes. */
function unitRows({ data, rows, cols }: Matrix): Matrix {
  const width = cols + 1;
  const out = new Float64Array(rows * width);
  for (let i = 0; i < rows; i++) {
    let largest = 0;
    for (let j = 0; j < cols; j++) largest = Math.max(largest, Math.abs(data[i * cols + j]));
    if (largest === 0) {
      out[i * width + cols] = 1;
      continue;
    }
    let squares = 0;
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j] / largest;
      out[i * width + j] = value;
      squares += value * value;
    }
    const length = Math.sqrt(squares);
    for (let j = 0; j < cols; j++) out[i * width + j] /= length;
  }
  return { data: out, rows, cols: width };
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
