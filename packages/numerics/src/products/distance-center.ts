import type { Matrix } from '../matrix.js';
import { columnMeans } from '../statistics/column-means.js';

/** Binary digits that the centre keeps of the largest magnitude. */
const DIGITS = 16;

/**
 * A point near the mean of a matrix, to pass to `squaredDistances` and its kin as `center`. The mean is rounded to 16
 * binary digits of the largest element, so that subtracting it from data of few digits (integers, masks) is exact and
 * equal distances stay equal.
 * @param matrix n×d, n ≥ 1
 * @throws RangeError when there are no rows
 * @example distanceCenter(matrix([[0], [0], [1]])) // => Float64Array [0.3333282470703125]
 */
export function distanceCenter(matrix: Matrix): Float64Array {
  const means = columnMeans(matrix);
  let largest = 0;
  for (let i = 0; i < matrix.data.length; i++) largest = Math.max(largest, Math.abs(matrix.data[i]));
  if (largest === 0 || !Number.isFinite(largest)) return means;
  const step = 2 ** (Math.ceil(Math.log2(largest)) - DIGITS);
  return means.map((mean) => Math.round(mean / step) * step);
}
