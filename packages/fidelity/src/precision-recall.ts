import { readArguments, share, type KOptions, type SetArguments } from './neighbourhood-arguments.js';

/**
 * Improved precision (Kynkäänniemi et al. 2019): the share of generated samples that lie within the k-nearest-neighbour
 * ball (distance `<=` radius) of some reference sample, k = 3. Higher is better: how much of what is generated is
 * believable.
 *
 * One outlier in the reference has a huge ball and makes anything near it count: read density beside it. A model that
 * repeats one good image has precision 1: read recall beside it.
 * @param reference n×d features, n > k (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @param options.k neighbours, the sample itself not counted; default 3
 * @returns a share in [0, 1]
 * @throws RangeError when n ≤ k, a set is empty, the widths differ or an element is NaN or Inf
 * @example precision(matrix([[0], [1], [3]]), matrix([[2], [9]]), { k: 1 }) // => 0.5
 */
export function precision(...args: SetArguments<KOptions>): number {
  const { sets, k } = readArguments(args, 3);
  return share(sets.balls('reference', k).inClosed);
}

/**
 * Improved recall (Kynkäänniemi et al. 2019): the share of reference samples that lie within the k-nearest-neighbour
 * ball (distance `<=` radius) of some generated sample, k = 3. Higher is better: how much of the reference the generator
 * can make.
 * @param reference n×d features (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features, m > k
 * @param options.k neighbours, the sample itself not counted; default 3
 * @returns a share in [0, 1]
 * @throws RangeError when m ≤ k, a set is empty, the widths differ or an element is NaN or Inf
 * @example recall(matrix([[2], [9]]), matrix([[0], [1], [3]]), { k: 1 }) // => 0.5
 */
export function recall(...args: SetArguments<KOptions>): number {
  const { sets, k } = readArguments(args, 3);
  return share(sets.balls('generated', k).inClosed);
}

/**
 * The harmonic mean of precision and recall; 0 when both are 0. Higher is better.
 * @example fScore(0.5, 1) // => 0.6666666666666666
 */
export function fScore(precisionValue: number, recallValue: number): number {
  const sum = precisionValue + recallValue;
  return sum === 0 ? 0 : (2 * precisionValue * recallValue) / sum;
}
