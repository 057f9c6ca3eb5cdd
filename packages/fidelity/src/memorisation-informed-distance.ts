import { productBlocks, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { frechetDistance } from './frechet-distance.js';
import { unitRows } from './unit-rows.js';

/** Settings of `memorisationInformedDistance`. */
export interface MemorisationOptions {
  /** Memorisation distance below which the Fréchet distance is penalised; default 0.1. */
  readonly threshold?: number;
}

/** A Fréchet distance with a penalty for copies. */
export interface MemorisationInformedDistance {
  readonly value: number;
  readonly frechetDistance: number;
  /** Mean over generated samples of the least 1 − |cos| to a reference sample, in [0, 1]. */
  readonly memorisationDistance: number;
  readonly warnings: readonly string[];
}

/** Keeps the penalty of an outright copy finite. */
const SMALLEST_DISTANCE = 1e-15;

/**
 * Memorisation-informed Fréchet distance, MiFID (Bai et al. 2021): the Fréchet distance divided by the memorisation
 * distance where that is below a threshold. Lower is better.
 *
 * The threshold depends on the extractor: 0.1 was set for the competition's network. The reference must be the training
 * set.
 * @param reference n×d features of the training set, n ≥ 2
 * @param generated m×d features, m ≥ 2
 * @throws RangeError when a set has fewer than 2 samples, the widths differ, an element is NaN or Inf or the threshold is
 * not in [0, 1]
 * @example memorisationInformedDistance(matrix([[1, 0], [0, 1]]), matrix([[1, 1], [1, -1]])).memorisationDistance // => 0.29289321881345254
 */
export function memorisationInformedDistance(
  reference: Matrix,
  generated: Matrix,
  options: MemorisationOptions = {},
): MemorisationInformedDistance {
  checkPair(reference, generated, 2);
  const { threshold = 0.1 } = options;
  if (!(threshold >= 0 && threshold <= 1)) {
    throw new RangeError(`threshold must be a distance from 0 to 1, got ${threshold}`);
  }
  const frechet = frechetDistance(reference, generated);
  const distance = meanLeastCosineDistance(generated, reference);
  const divisor = distance < threshold ? Math.max(distance, SMALLEST_DISTANCE) : 1;
  return {
    value: frechet.value / divisor,
    frechetDistance: frechet.value,
    memorisationDistance: distance,
    warnings: frechet.warnings,
  };
}

function meanLeastCosineDistance(from: Matrix, to: Matrix): number {
  let total = 0;
  for (const { product } of productBlocks(unitRows(from), unitRows(to))) {
    for (let i = 0; i < product.rows; i++) {
      let largest = 0;
      for (let j = 0; j < product.cols; j++) {
        largest = Math.max(largest, Math.abs(product.data[i * product.cols + j]));
      }
      total += Math.max(0, 1 - largest);
    }
  }
  return total / from.rows;
}
