import type { Matrix } from '../matrix.js';
import { tileExecutor } from './executor.js';

/**
 * The same values where worker threads can read them, for a matrix that takes part in many products: it is then not
 * copied for each. Without worker threads the matrix itself.
 * @example sharedMatrix(matrix([[1, 2]])).cols // => 2
 */
export function sharedMatrix(matrix: Matrix): Matrix {
  const data = tileExecutor().share(matrix.data);
  return data === matrix.data ? matrix : { data, rows: matrix.rows, cols: matrix.cols };
}
