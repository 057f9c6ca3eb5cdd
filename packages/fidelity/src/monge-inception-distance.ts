import { RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { meanSquaredProjectedDistance, type SlicedOptions } from './projected-distance.js';
import { drawRows, equalisedWarning } from './rows.js';

/** A Monge Inception Distance. */
export interface MongeInceptionDistance {
  readonly value: number;
  readonly warnings: readonly string[];
}

/**
 * Monge Inception Distance, MIND (Berthet et al. 2026): 3·d times the squared sliced Wasserstein-2 distance, in squared
 * feature units, of the order of the Fréchet distance. Lower is better.
 *
 * Needs no covariance, so it is usable for n ≪ d, but it falls with n too: compare values of equal n. The directions are
 * random; torch-fidelity draws others, and values agree to a few per cent. Of the larger set a random subset is used.
 * @param reference n×d features, n ≥ 1
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or projections is not positive
 * @example mongeInceptionDistance(matrix([[0], [1]]), matrix([[3], [4]])).value // => 27
 */
export function mongeInceptionDistance(
  reference: Matrix,
  generated: Matrix,
  options: SlicedOptions = {},
): MongeInceptionDistance {
  checkPair(reference, generated, 1);
  const size = Math.min(reference.rows, generated.rows);
  const random = new RandomState(options.seed ?? 2020);
  const squared = meanSquaredProjectedDistance(
    drawRows(reference, size, random),
    drawRows(generated, size, random),
    options,
  );
  return { value: 3 * reference.cols * squared, warnings: equalisedWarning(reference, generated) };
}
