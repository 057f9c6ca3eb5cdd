import { readArguments, type SetArguments } from './neighbourhood-arguments.js';

/** Leave-one-out accuracies of the one-nearest-neighbour classifier. */
export interface NearestNeighbourTest {
  /** Share of all samples whose nearest other sample is of their own set. */
  readonly accuracy: number;
  /** The same among reference samples: high when the generated ones do not reach among them. */
  readonly referenceAccuracy: number;
  /** The same among generated samples: high when they lie together. */
  readonly generatedAccuracy: number;
}

/**
 * One-nearest-neighbour two-sample test, leave-one-out (Lopez-Paz & Oquab 2017; Xu et al. 2018). 0.5 is best: the sets
 * cannot be told apart. Towards 1 they differ; towards 0 the generated samples are copies of reference samples.
 *
 * Equal sizes are assumed by the 0.5. A sample as near to the other set as to its own counts as of its own.
 * @param reference n×d features, n ≥ 2 (or a `Neighbourhoods` of both sets, to share its distances)
 * @param generated m×d features, m ≥ 2
 * @throws RangeError when a set has fewer than 2 samples, the widths differ or an element is NaN or Inf
 * @example nearestNeighbourTest(matrix([[0], [1]]), matrix([[8], [9]])).accuracy // => 1
 */
export function nearestNeighbourTest(...args: SetArguments<object>): NearestNeighbourTest {
  const { sets } = readArguments(args, 1);
  const [reference, generated] = (['reference', 'generated'] as const).map((role) => {
    const within = sets.neighbours(role, 1);
    const across = sets.nearest(role).squaredDistances;
    return across.reduce(
      (count, distance, i) => count + (within.squaredDistances[i * within.k] <= distance ? 1 : 0),
      0,
    );
  });
  const [n, m] = [sets.reference.rows, sets.generated.rows];
  return {
    accuracy: (reference + generated) / (n + m),
    referenceAccuracy: reference / n,
    generatedAccuracy: generated / m,
  };
}
