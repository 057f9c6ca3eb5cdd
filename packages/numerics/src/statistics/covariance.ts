import type { Matrix } from '../matrix.js';
import { columnMeans } from './column-means.js';
import { scatter } from './scatter.js';

/**
 * The covariance matrix of the columns, Σ (x − μ)(x − μ)ᵀ / (n − ddof), in float64.
 * @param matrix n×d
 * @param options.ddof what is taken off n in the divisor; default 1 (unbiased)
 * @returns d×d, exactly symmetric
 * @throws RangeError when n ≤ ddof
 * @example covariance(matrix([[1, 2], [3, 6]])).data // => Float64Array [2, 4, 4, 8]
 */
export function covariance(matrix: Matrix, options: { readonly ddof?: number } = {}): Matrix {
  const ddof = options.ddof ?? 1;
  if (matrix.rows <= ddof) {
    throw new RangeError(`a covariance with ddof ${ddof} needs more than ${ddof} rows, got ${matrix.rows}`);
  }
  const { data, rows, cols } = scatter(matrix, columnMeans(matrix));
  const divisor = matrix.rows - ddof;
  return { data: data.map((value) => value / divisor), rows, cols };
}
