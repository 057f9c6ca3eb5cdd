import type { Matrix } from '@plateau/numerics';
import { meanSquaredProjectedDistance, type SlicedOptions } from './projected-distance.js';

/**
 * Sliced Wasserstein-2 distance (Rabin et al. 2011), in feature units: the root of the mean, over random unit directions,
 * of the squared one-dimensional Wasserstein-2 distance between the projected sets. Lower is better.
 *
 * About √d times smaller than the Wasserstein distance it stands for; the directions are random, so seeds differ by about
 * 1/√projections.
 * @param reference n×d features, n ≥ 1
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or projections is not positive
 * @example slicedWasserstein(matrix([[0], [1]]), matrix([[3], [4]])) // => 3
 */
export function slicedWasserstein(reference: Matrix, generated: Matrix, options: SlicedOptions = {}): number {
  return Math.sqrt(meanSquaredProjectedDistance(reference, generated, options));
}
