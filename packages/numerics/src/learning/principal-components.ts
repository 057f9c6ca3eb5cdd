import type { Matrix } from '../matrix.js';
import { symmetricEigenvectors } from '../decompositions/symmetric-eigenvectors.js';
import { gram } from '../products/gram.js';
import { multiplyTransposed } from '../products/multiply-transposed.js';
import { transposeCentered } from '../products/transpose-centered.js';
import { RandomState } from '../random/random-state.js';
import { columnMeans } from '../statistics/column-means.js';

/** A mean and the orthonormal directions of largest variance about it. */
export interface PrincipalComponents {
  readonly mean: Float64Array;
  /** components×d, orthonormal rows, of falling variance. */
  readonly directions: Matrix & { readonly data: Float64Array };
}

/** Directions carried beyond those asked for: they speed up the convergence of the last ones. */
const EXTRA = 16;
const MAX_ITERATIONS = 60;
const TOLERANCE = 1e-10;

/**
 * Principal components by block power iteration with Rayleigh–Ritz steps (Halko, Martinsson & Tropp 2011), until the
 * captured variance is stable to 1e-10.
 * @param points n×d, n ≥ 2
 * @param count how many, at most min(n − 1, d)
 * @throws RangeError when there are not that many
 * @example principalComponents(matrix([[0, 0], [0, 2]]), 1).directions.data.map(Math.abs) // => Float64Array [0, 1]
 */
export function principalComponents(points: Matrix, count: number): PrincipalComponents {
  const most = Math.min(points.rows - 1, points.cols);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new RangeError(`${points.rows}×${points.cols} points have 1 to ${most} principal components, got ${count}`);
  }
  const mean = columnMeans(points);
  const transposed = transposeCentered(points, mean);
  const width = Math.min(count + EXTRA, most);
  const random = new RandomState(0);
  let rows: Matrix & { data: Float64Array } = {
    data: random.randn(width, points.cols),
    rows: width,
    cols: points.cols,
  };
  let captured = 0;
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    orthonormalize(rows);
    const scores = multiplyTransposed(rows, points, { centerB: mean });
    const { values, vectors } = symmetricEigenvectors(gram(scores));
    const variance = values.subarray(0, count).reduce((sum, value) => sum + value, 0);
    if (Math.abs(variance - captured) <= TOLERANCE * variance) {
      rows = multiplyTransposed(vectors, transposeCentered(rows, new Float64Array(points.cols)));
      break;
    }
    captured = variance;
    const ritzScores = multiplyTransposed(vectors, transposeCentered(scores, new Float64Array(points.rows)));
    rows = multiplyTransposed(ritzScores, transposed);
  }
  return {
    mean,
    directions: { data: rows.data.slice(0, count * points.cols), rows: count, cols: points.cols },
  };
}

/**
 * Coordinates of points along the components.
 * @returns n×components
 */
export function project(points: Matrix, { mean, directions }: PrincipalComponents): Matrix & { data: Float64Array } {
  return multiplyTransposed(points, directions, { centerA: mean });
}

/** Gram–Schmidt, each row twice for full orthogonality. */
function orthonormalize({ data, rows, cols }: Matrix): void {
  const row = (i: number): Float64Array => data.subarray(i * cols, (i + 1) * cols) as Float64Array;
  for (let i = 0; i < rows; i++) {
    const vector = row(i);
    for (let pass = 0; pass < 2; pass++) {
      const length = Math.sqrt(dot(vector, vector));
      if (length === 0) break;
      for (let j = 0; j < cols; j++) vector[j] /= length;
      for (let k = 0; k < i; k++) subtractAlong(vector, row(k));
    }
    const length = Math.sqrt(dot(vector, vector));
    if (length > 0) for (let j = 0; j < cols; j++) vector[j] /= length;
  }
}

function subtractAlong(vector: Float64Array, unit: Float64Array): void {
  const along = dot(vector, unit);
  for (let j = 0; j < vector.length; j++) vector[j] -= along * unit[j];
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
