import { columnMeans, type Matrix } from '@plateau/numerics';
import { checkFeatures } from './check-features.js';

/**
 * Pairwise spread: the root mean square Euclidean distance between two different samples, √(2 tr Σ) with ddof 1, in
 * feature units. Higher is more diverse.
 *
 * A few modes that lie far apart spread widely: read it beside the Vendi score, and against the reference's own value.
 * @param features n×d features, n ≥ 2
 * @throws RangeError when there are fewer than 2 rows or an element is NaN or Inf
 * @example pairwiseSpread(matrix([[0, 0], [3, 4]])) // => 5
 */
export function pairwiseSpread(features: Matrix): number {
  checkFeatures(features, 'generated', 2);
  const { data, rows, cols } = features;
  const mean = columnMeans(features);
  let squares = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) squares += (data[i * cols + j] - mean[j]) ** 2;
  }
  return Math.sqrt((2 * squares) / (rows - 1));
}
