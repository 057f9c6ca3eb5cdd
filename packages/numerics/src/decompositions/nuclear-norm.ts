import type { Matrix } from '../matrix.js';
import { singularValues } from './singular-values.js';

/**
 * The nuclear norm: the sum of the singular values.
 * @param matrix n×m
 * @throws RangeError when the matrix holds NaN or Inf
 * @example nuclearNorm(matrix([[0, 2], [3, 0]])) // => 5
 */
export function nuclearNorm(matrix: Matrix): number {
  return singularValues(matrix).reduceRight((sum, value) => sum + value, 0);
}
