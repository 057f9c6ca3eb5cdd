import { coverage, density } from './density-coverage.js';
import { readArguments, share, type KOptions, type SetArguments } from './neighbourhood-arguments.js';

/** Precision, recall, density and coverage of one k. */
export interface Prdc {
  readonly precision: number;
  readonly recall: number;
  readonly density: number;
  readonly coverage: number;
}

/**
 * Precision, recall, density and coverage as Naeem et al. (2020) compute them: open balls (distance `<` radius) for all
 * four, k = 5. Higher is better.
 *
 * `precision` and `recall` of this package follow Kynkäänniemi et al. (closed balls, k = 3) and differ from these.
 * @param reference n×d features, n > k (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features, m > k
 * @param options.k neighbours, the sample itself not counted; default 5
 * @throws RangeError when n ≤ k or m ≤ k, the widths differ or an element is NaN or Inf
 * @example prdc(matrix([[0], [1], [3]]), matrix([[2], [9]]), { k: 1 }) // => { precision: 0.5, recall: 1, … }
 */
export function prdc(...args: SetArguments<KOptions>): Prdc {
  const { sets, k } = readArguments(args, 5);
  return {
    precision: share(sets.balls('reference', k).inOpen),
    recall: share(sets.balls('generated', k).inOpen),
    density: density(sets, { k }),
    coverage: coverage(sets, { k }),
  };
}
