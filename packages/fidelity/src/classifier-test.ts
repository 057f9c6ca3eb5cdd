import { nearestNeighbours, RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { normalAbove } from './standard-normal.js';
import { drawRows, equalisedWarning, splitInHalves, stack } from './rows.js';

/** Settings of `classifierTest`. */
export interface ClassifierTestOptions {
  /** Seed of the split into training and test halves; default 2020. */
  readonly seed?: number;
}

/** A classifier two-sample test. */
export interface ClassifierTest {
  /** Accuracy on held-out samples; 0.5 when the sets cannot be told apart. */
  readonly accuracy: number;
  /** √(accuracy·(1 − accuracy)/held-out samples). */
  readonly standardError: number;
  /** Probability of such an accuracy or a higher one if the distributions were equal (normal approximation). */
  readonly pValue: number;
  readonly warnings: readonly string[];
}

/**
 * Classifier two-sample test (Lopez-Paz & Oquab 2017, C2ST-KNN): a k-nearest-neighbour classifier, k = ⌊√training size⌋,
 * learns half of both sets and is tested on the other half. Lower is better; 0.5 is indistinguishable.
 *
 * Sets of unequal size would make the larger a good guess: a random subset of it is used, and a warning says so.
 * @param reference n×d features, n ≥ 4
 * @param generated m×d features, m ≥ 4
 * @throws RangeError when a set has fewer than 4 samples, the widths differ or an element is NaN or Inf
 * @example classifierTest(matrix([[0], [0], [0], [0]]), matrix([[1], [1], [1], [1]])).accuracy // => 1
 */
export function classifierTest(
  reference: Matrix,
  generated: Matrix,
  options: ClassifierTestOptions = {},
): ClassifierTest {
  checkPair(reference, generated, 4);
  const random = new RandomState(options.seed ?? 2020);
  const size = Math.min(reference.rows, generated.rows);
  const [learnX, testX] = splitInHalves(drawRows(reference, size, random), random);
  const [learnY, testY] = splitInHalves(drawRows(generated, size, random), random);
  const k = Math.floor(Math.sqrt(learnX.rows + learnY.rows));
  const correct =
    correctVotes(testX, stack(learnX, learnY), k, (neighbour) => neighbour < learnX.rows) +
    correctVotes(testY, stack(learnX, learnY), k, (neighbour) => neighbour >= learnX.rows);
  const tested = testX.rows + testY.rows;
  const accuracy = correct / tested;
  return {
    accuracy,
    standardError: Math.sqrt((accuracy * (1 - accuracy)) / tested),
    pValue: normalAbove((accuracy - 0.5) * 2 * Math.sqrt(tested)),
    warnings: equalisedWarning(reference, generated),
  };
}

/** Majority votes for the right set; a tie counts half. */
function correctVotes(tested: Matrix, learned: Matrix, k: number, isRight: (neighbour: number) => boolean): number {
  const { indices } = nearestNeighbours(tested, learned, { k });
  let correct = 0;
  for (let i = 0; i < tested.rows; i++) {
    const right = indices.subarray(i * k, (i + 1) * k).filter(isRight).length;
    correct += 2 * right > k ? 1 : 2 * right === k ? 0.5 : 0;
  }
  return correct;
}
