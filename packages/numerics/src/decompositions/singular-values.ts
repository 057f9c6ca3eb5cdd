import { localKernels, tileExecutor } from '../kernels/executor.js';
import type { Matrix } from '../matrix.js';
import { BAND_WIDTH } from './band-form.js';
import { bidiagonalForm } from './bidiagonal-form.js';
import { bidiagonalSingularValues } from './bidiagonal-singular-values.js';
import { largestMagnitude } from './magnitude.js';

/**
 * The singular values of a matrix, descending, min(n, m) of them; each to a few ulps of the largest. (Square roots of the
 * eigenvalues of AᵀA would keep half the digits.)
 * @param matrix n×m
 * @throws RangeError when the matrix holds NaN or Inf
 * @example singularValues(matrix([[0, 2], [3, 0], [0, 0]])) // => Float64Array [3, 2]
 */
export function singularValues({ data, rows, cols }: Matrix): Float64Array {
  const count = Math.min(rows, cols);
  const magnitude = largestMagnitude(data);
  if (magnitude === 0) return new Float64Array(count);
  const tall = rows >= cols;
  // Zeros around a matrix add singular values of 0, which come last.
  const width = Math.ceil(count / BAND_WIDTH) * BAND_WIDTH;
  const height = Math.max(width, rows, cols);
  const scaled = tileExecutor().allocate(height * width);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) scaled[tall ? i * width + j : j * width + i] = data[i * cols + j] / magnitude;
  }
  const form = bidiagonalForm(scaled, height, width, localKernels());
  return bidiagonalSingularValues(form)
    .subarray(0, count)
    .map((value) => value * magnitude);
}
