import type { Matrix } from '@plateau/numerics';
import { scoreFeatures, type ScoreFeaturesOptions } from './score-features.js';
import type { Score } from './score.js';
import { splitRows } from './random-rows.js';

/**
 * The reference scored against itself: two disjoint halves, drawn at random, of at most `n` images each. What a perfect
 * generator would get at that n.
 *
 * Halves are smaller than the sets that are scored when the reference holds fewer than 2n images; `n` of each score says
 * how large they were.
 */
export function referenceFloor(reference: Matrix, n: number, options: ScoreFeaturesOptions): Score[] {
  const [first, second] = splitRows(reference, n, options.seed ?? 2020);
  return scoreFeatures(first, second, options);
}
