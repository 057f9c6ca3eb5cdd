import { localKernels } from '../kernels/executor.js';
import type { Matrix } from '../matrix.js';
import { largestMagnitude } from './magnitude.js';
import { tridiagonalEigenvalues } from './tridiagonal-eigenvalues.js';
import { tridiagonalForm } from './tridiagonal-form.js';

/**
 * The eigenvalues of a symmetric matrix, ascending; each to a few ulps of the largest. Eigenvectors are not computed.
 *
 * Only the lower triangle is read: whatever stands above the diagonal is taken to be its mirror image.
 * @param matrix n×n
 * @throws RangeError when the matrix is not square or holds NaN or Inf
 * @example symmetricEigenvalues(matrix([[2, 1], [1, 2]])) // => Float64Array [1, 3]
 */
export function symmetricEigenvalues(matrix: Matrix): Float64Array {
  const { rows: n, cols, data } = matrix;
  if (n !== cols) throw new RangeError(`eigenvalues need a square matrix, got ${n}×${cols}`);
  const magnitude = largestMagnitude(data);
  if (magnitude === 0) return new Float64Array(n);
  const scaled = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) scaled[i] = data[i] / magnitude;
  const eigenvalues = tridiagonalEigenvalues(tridiagonalForm(scaled, n, localKernels()));
  return eigenvalues.map((value) => value * magnitude);
}
