import { readArguments, type SetArguments } from './neighbourhood-arguments.js';

/**
 * AuthPct (Alaa et al. 2022): the percentage of generated samples whose nearest reference sample has a nearest reference
 * neighbour of its own closer than the generated sample. Higher is better; a generator that copies scores near 0.
 *
 * Cheap, and fooled by copies with enough noise on them; the reference must be the training set.
 * @param reference n×d features of the training set, n ≥ 2 (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features
 * @returns a percentage in [0, 100]
 * @throws RangeError when n < 2, a set is empty, the widths differ or an element is NaN or Inf
 * @example authenticPercentage(matrix([[0], [1], [5]]), matrix([[0.1], [3]])) // => 50
 */
export function authenticPercentage(...args: SetArguments<object>): number {
  const { sets } = readArguments(args, 1);
  const nearest = sets.nearest('generated');
  const within = sets.neighbours('reference', 1);
  const authentic = nearest.indices.reduce(
    (count, i, j) => count + (within.squaredDistances[i * within.k] < nearest.squaredDistances[j] ? 1 : 0),
    0,
  );
  return (100 * authentic) / sets.generated.rows;
}
