import type { Matrix } from '../matrix.js';

/**
 * The mean row of a matrix, in float64.
 * @param matrix n×d, n ≥ 1
 * @returns d means
 * @throws RangeError when there are no rows
 * @example columnMeans(matrix([[1, 2], [3, 6]])) // => Float64Array [2, 4]
 */
export function columnMeans({ data, rows, cols }: Matrix): Float64Array {
  if (rows === 0) throw new RangeError('a matrix without rows has no mean: give at least one row');
  const means = new Float64Array(cols);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) means[j] += data[i * cols + j];
  }
  for (let j = 0; j < cols; j++) means[j] /= rows;
  return means;
}
