import type { Matrix, RandomState } from '@plateau/numerics';
import { calibrate } from './calibrate.js';
import { CrossProducts } from './cross-products.js';

/** What the calibrated distance makes of a set against itself, whose truth is 0. */
export interface SelfDistance {
  /** Mean between random halves. */
  readonly halves: number;
  /** Standard deviation over the pairs of halves. */
  readonly std: number;
  /** Carried to the whole set's n; 0 where the halves' distance is within chance. */
  readonly excess: number;
  /** Standard error of the excess. */
  readonly excessError: number;
}

/** Random pairs of halves, and of quarters. */
const SPLITS = 4;
/** Images below which quarters are too few to calibrate. */
export const FEWEST_FOR_SELF_DISTANCE = 80;
/** Halves closer than this many standard deviations are taken to be 0 apart. */
const SIGNIFICANT = 3;

/**
 * Measures how far the features depart from what the calibration assumes (mixtures of independent values): the distance of
 * halves is then above 0. It falls from quarters to halves by some ratio, and is carried to the whole set by the same one.
 */
export function selfDistance(features: Matrix, random: RandomState): SelfDistance {
  const products = new CrossProducts(features, features);
  const parts = (divisor: number) =>
    Array.from({ length: SPLITS }, () => {
      const size = Math.floor(features.rows / divisor);
      const rows = random.choice(features.rows, 2 * size);
      return calibrate(products.moments(rows.subarray(0, size), rows.subarray(size))).value;
    });
  const values = parts(2);
  const halves = mean(values);
  const std = Math.sqrt(values.reduce((sum, value) => sum + (value - halves) ** 2, 0) / (SPLITS - 1));
  if (halves <= SIGNIFICANT * std) return { halves, std, excess: 0, excessError: 0 };
  const ratio = Math.min(1, Math.max(0.3, halves / Math.max(mean(parts(4)), Number.MIN_VALUE)));
  return { halves, std, excess: halves * ratio, excessError: std * ratio };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
