import { readArguments, share, type KOptions, type SetArguments } from './neighbourhood-arguments.js';

/**
 * Density (Naeem et al. 2020, eq. 5): how many open k-nearest-neighbour balls of reference samples hold a generated
 * sample, on average, in units of k. Higher is better; 1 in expectation for equal distributions, and it may exceed 1.
 *
 * A tight blob in the densest part of the reference scores far above 1: read coverage and recall beside it.
 * @param reference n×d features, n > k (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @param options.k neighbours, the sample itself not counted; default 5
 * @throws RangeError when n ≤ k, a set is empty, the widths differ or an element is NaN or Inf
 * @example density(x, x, { k: 5 }) // => 1
 */
export function density(...args: SetArguments<KOptions>): number {
  const { sets, k } = readArguments(args, 5);
  return sets.balls('reference', k).openPairs / (k * sets.generated.rows);
}

/**
 * Coverage (Naeem et al. 2020, eq. 6): the share of reference samples whose open k-nearest-neighbour ball holds a
 * generated one. Higher is better.
 *
 * Blind to a tight blob at the mean of the reference: read it beside recall and the Vendi score.
 * @param reference n×d features, n > k (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @param options.k neighbours, the sample itself not counted; default 5
 * @returns a share in [0, 1]
 * @throws RangeError when n ≤ k, a set is empty, the widths differ or an element is NaN or Inf
 * @example coverage(x, x, { k: 5 }) // => 1
 */
export function coverage(...args: SetArguments<KOptions>): number {
  const { sets, k } = readArguments(args, 5);
  return share(sets.balls('reference', k).occupied);
}
