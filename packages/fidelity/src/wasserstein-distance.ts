import { RandomState, squaredDistances, type Matrix } from '@plateau/numerics';
import { solveAssignment } from './assignment.js';
import { checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';
import { drawRows, equalisedWarning } from './rows.js';
import { transportCost } from './sinkhorn.js';

/** Settings of `wassersteinDistance`. */
export interface WassersteinOptions {
  /** Exponent p of the distance: 1 or 2; default 1. */
  readonly order?: 1 | 2;
  /** `exact` (assignment), `sinkhorn` (entropic) or, by default, exact up to 2000 samples a set and Sinkhorn above. */
  readonly method?: 'exact' | 'sinkhorn';
  /** Entropic regularisation of Sinkhorn, as a share of the mean cost; default 0.01. */
  readonly regularization?: number;
  /** Seed of the subset that equalises the sizes for the exact method; default 2020. */
  readonly seed?: number;
}

/** A Wasserstein distance. */
export interface WassersteinDistance {
  /** In feature units. */
  readonly value: number;
  readonly method: 'exact' | 'sinkhorn';
  readonly warnings: readonly string[];
}

/** Up to this many samples the assignment takes seconds. */
const EXACT_LIMIT = 2000;

/**
 * Wasserstein distance between two sets of samples: the least mean cost of moving one onto the other, (min Σ π‖x − y‖ᵖ)^(1/p),
 * in feature units. Lower is better.
 *
 * In many dimensions it shrinks slowly with n even for equal distributions: compare values of equal n, beside the
 * distance between two halves of the reference. Sinkhorn (Cuturi 2013) overestimates slightly; a warning says when it
 * stood in.
 * @param reference n×d features, n ≥ 1
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or an option is out of range
 * @example wassersteinDistance(matrix([[0], [1], [3]]), matrix([[5], [6], [8]])).value // => 5
 */
export function wassersteinDistance(
  reference: Matrix,
  generated: Matrix,
  options: WassersteinOptions = {},
): WassersteinDistance {
  checkPair(reference, generated, 1);
  const { order = 1, regularization = 0.01, seed = 2020 } = options;
  checkInteger('order', order, 1, 2);
  if (!(regularization > 0 && regularization < Infinity)) {
    throw new RangeError(`regularization must be a positive number, got ${regularization}`);
  }
  const size = Math.min(reference.rows, generated.rows);
  const method = options.method ?? (Math.max(reference.rows, generated.rows) <= EXACT_LIMIT ? 'exact' : 'sinkhorn');
  const root = (cost: number): number => (order === 1 ? cost : Math.sqrt(cost));
  if (method === 'sinkhorn') {
    const cost = transportCost(
      costsBetween(reference, generated, order),
      reference.rows,
      generated.rows,
      regularization,
    );
    return {
      value: root(cost),
      method,
      warnings: [`entropic approximation (Sinkhorn, regularisation ${regularization} of the mean cost)`],
    };
  }
  const random = new RandomState(seed);
  const costs = costsBetween(drawRows(reference, size, random), drawRows(generated, size, random), order);
  const columns = solveAssignment(costs, size);
  const total = columns.reduce((sum, column, row) => sum + costs[row * size + column], 0);
  return {
    value: root(total / size),
    method,
    warnings: equalisedWarning(reference, generated),
  };
}

function costsBetween(reference: Matrix, generated: Matrix, order: 1 | 2): Float64Array {
  const { data } = squaredDistances(reference, generated);
  if (order === 1) for (let at = 0; at < data.length; at++) data[at] = Math.sqrt(data[at]);
  return data;
}
