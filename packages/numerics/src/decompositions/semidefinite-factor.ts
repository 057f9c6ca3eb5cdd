import type { Matrix } from '../matrix.js';
import { largestMagnitude } from './magnitude.js';

/**
 * R with RᵀR = A for a symmetric positive semidefinite A, by Cholesky with diagonal pivoting (Higham 2002, §10.3). The
 * pivoting stops at the numerical rank, so a singular covariance is no special case; what is left out of A is smaller
 * than the rounding of its largest variance, and negative eigenvalues of that size are clamped to 0.
 * @param matrix d×d; only values up to rounding of a symmetric matrix
 * @returns r×d with r the numerical rank
 * @throws RangeError when the matrix is not square, holds NaN or Inf or has a clearly negative diagonal element
 * @example semidefiniteFactor(matrix([[4, 2], [2, 1]])).data // => Float64Array [2, 1]
 */
export function semidefiniteFactor({ data, rows: d, cols }: Matrix): Matrix & { readonly data: Float64Array } {
  if (d !== cols) throw new RangeError(`a factor needs a square matrix, got ${d}×${cols}`);
  const tolerance = d * Number.EPSILON * largestMagnitude(data);
  const left = Float64Array.from({ length: d }, (_, i) => data[i * d + i]);
  const negative = left.findIndex((value) => value < -tolerance);
  if (negative >= 0) {
    throw new RangeError(`diagonal element ${negative} is ${left[negative]}: a covariance has none below 0`);
  }
  const factor = new Float64Array(d * d);
  let rank = 0;
  for (; rank < d; rank++) {
    const pivot = indexOfLargest(left);
    if (left[pivot] <= tolerance) break;
    const row = factor.subarray(rank * d, (rank + 1) * d);
    for (let j = 0; j < d; j++) row[j] = data[pivot * d + j];
    for (let k = 0; k < rank; k++) {
      const known = factor.subarray(k * d, (k + 1) * d);
      const weight = known[pivot];
      if (weight !== 0) for (let j = 0; j < d; j++) row[j] -= weight * known[j];
    }
    const root = Math.sqrt(left[pivot]);
    for (let j = 0; j < d; j++) {
      row[j] = left[j] === -Infinity ? 0 : row[j] / root;
      left[j] -= row[j] * row[j];
    }
    row[pivot] = root;
    left[pivot] = -Infinity;
  }
  return { data: factor.slice(0, rank * d), rows: rank, cols: d };
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
