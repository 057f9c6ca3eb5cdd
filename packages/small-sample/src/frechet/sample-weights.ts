import type { Matrix } from '@plateau/numerics';
import { leverages } from './leverages.js';

/** Where on the spectrum samples are weighed: at an effective dimension of this share of the rank. */
const PLACE = 0.5;
/** No sample weighs less than this share of the mean. */
const LEAST = 0.02;

/**
 * How much wider each sample spreads than the others, as a factor of its squared length: 1 throughout for mixtures of
 * independent values, uneven for features with heavy tails, such as those of photographs.
 *
 * The odds l/(1 − l) of a sample's leverage are its squared length as the other samples see it (leave-one-out), on the
 * scale where the effective dimension is half the rank. What chance alone scatters the odds of equal samples by, 2·Σp² over
 * (Σp)² with p the shares of the effective dimension, is taken off by shrinking towards 1.
 * @param rows n×k: the centred samples of one set over √(n − 1), seen through a factor of the other set's covariance
 * @param eigenvalues of rowsᵀ·rows, descending
 * @returns n weights of mean 1
 */
export function sampleWeights(rows: Matrix, eigenvalues: Float64Array): Float64Array {
  const n = rows.rows;
  const seen = eigenvalues.filter((value) => value > eigenvalues[0] * 1e-20);
  const target = PLACE * Math.min(seen.length, n - 1);
  if (!(target > 1)) return new Float64Array(n).fill(1);
  const ridge = ridgeOf(seen, target);
  const odds = leverages(rows, ridge).map((value) => value / Math.max(1 - (value * n) / (n - 1), 1e-4));
  const mean = odds.reduce((sum, value) => sum + value, 0) / n;
  const variance = odds.reduce((sum, value) => sum + (value / mean - 1) ** 2, 0) / n;
  const kept = Math.max(0, 1 - chanceVariance(seen, ridge, n) / Math.max(variance, Number.MIN_VALUE));
  return normalized(odds.map((value) => Math.max(LEAST, 1 + kept * (value / mean - 1))));
}

/**
 * Weights raised to a power, of mean 1 again.
 * @example poweredWeights(Float64Array.of(1, 3), 0) // => Float64Array [1, 1]
 */
export function poweredWeights(weights: Float64Array, power: number): Float64Array {
  return normalized(weights.map((value) => value ** power));
}

/** The ridge at which the effective dimension is the target, by bisection. */
function ridgeOf(eigenvalues: Float64Array, target: number): number {
  let low = Math.log(eigenvalues.at(-1)!) - 10;
  let high = Math.log(eigenvalues[0]) + 10;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    const ridge = Math.exp(middle);
    const dimension = eigenvalues.reduce((sum, value) => sum + value / (value + ridge), 0);
    if (dimension > target) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

/** The relative variance of the odds where all samples are alike. */
function chanceVariance(eigenvalues: Float64Array, ridge: number, n: number): number {
  let size = 0;
  let slope = 0;
  for (const value of eigenvalues) {
    const share = value / (value + ridge);
    size += share;
    slope -= share * (1 - share);
  }
  const second = Math.min(0.95 * size, Math.max(0.2 * size, size + slope / Math.max(1 + slope / (n - 1 - size), 0.05)));
  return (2 * second) / (1 - second / (n - 1)) / size ** 2;
}

function normalized(weights: Float64Array): Float64Array {
  const mean = weights.reduce((sum, value) => sum + value, 0) / weights.length;
  return weights.map((value) => value / mean);
}
