import type { Matrix } from '../matrix.js';
import { squaredDistances, type DistanceOptions } from '../products/squared-distances.js';

/**
 * The cluster of each row: the nearest centre, ties to the lower index.
 * @param points n×d
 * @param centers clusters×d
 * @param options see `squaredDistances`: give them where points are assigned repeatedly
 * @throws RangeError when the widths differ
 * @example assignClusters(matrix([[0], [8]]), matrix([[1], [9]])).labels // => Int32Array [0, 1]
 */
export function assignClusters(
  points: Matrix,
  centers: Matrix,
  options: DistanceOptions = {},
): { readonly labels: Int32Array; readonly squaredDistances: Float64Array } {
  const { data } = squaredDistances(points, centers, options);
  const labels = new Int32Array(points.rows);
  const nearest = new Float64Array(points.rows).fill(Infinity);
  for (let i = 0; i < points.rows; i++) {
    for (let c = 0; c < centers.rows; c++) {
      const distance = data[i * centers.rows + c];
      if (distance < nearest[i]) {
        nearest[i] = distance;
        labels[i] = c;
      }
    }
  }
  return { labels, squaredDistances: nearest };
}
