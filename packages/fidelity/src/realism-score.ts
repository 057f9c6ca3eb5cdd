import { readArguments, type KOptions, type SetArguments } from './neighbourhood-arguments.js';

/**
 * Realism score of each generated sample (Kynkäänniemi et al. 2019, §3.2): the largest ratio, over reference samples, of
 * the ball radius (distance to the k-th nearest reference sample) to the distance of the generated sample. At least 1
 * exactly where some ball holds the sample; higher is more realistic.
 *
 * Balls with more than the median radius are left out, because outliers make anything look real. A copy of a reference
 * sample scores Infinity.
 * @param reference n×d features, n > k (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @param options.k neighbours, the sample itself not counted; default 3
 * @returns m scores
 * @throws RangeError when n ≤ k, a set is empty, the widths differ or an element is NaN or Inf
 * @example realismScores(matrix([[0], [1], [3]]), matrix([[2], [9]]), { k: 1 }) // => Float64Array [1, 0.125]
 */
export function realismScores(...args: SetArguments<KOptions>): Float64Array {
  const { sets, k } = readArguments(args, 3);
  return sets.largestSquaredRatios(k).map(Math.sqrt);
}
