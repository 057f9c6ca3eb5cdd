import { squaredDistanceBlocks, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';

/** Settings of `gaussianKernelDistance`. */
export interface GaussianKernelOptions {
  /** Width of the kernel, in feature units; default 10. */
  readonly sigma?: number;
  /** Factor on the squared discrepancy; default 1000. */
  readonly scale?: number;
}

/**
 * CMMD (Jayasumana et al. 2024), on any embedding: 1000 times the squared maximum mean discrepancy with the Gaussian
 * kernel exp(−‖x − y‖²/2σ²), σ = 10, all pairs counted (biased estimator, never negative). Lower is better.
 *
 * The paper's values are of CLIP embeddings scaled to length 1: do that first to compare. On other embeddings choose
 * sigma near the usual distance between samples.
 * @param reference n×d features, n ≥ 1
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or an option is not positive
 * @example gaussianKernelDistance(matrix([[0]]), matrix([[2]]), { sigma: 1, scale: 1 }) // => 1.7293294335267746
 */
export function gaussianKernelDistance(
  reference: Matrix,
  generated: Matrix,
  options: GaussianKernelOptions = {},
): number {
  checkPair(reference, generated, 1);
  const { sigma = 10, scale = 1000 } = options;
  for (const [name, value] of Object.entries({ sigma, scale })) {
    if (!(value > 0 && value < Infinity)) throw new RangeError(`${name} must be a positive number, got ${value}`);
  }
  const within = meanKernelWithin(reference, sigma) + meanKernelWithin(generated, sigma);
  return scale * Math.max(0, within - 2 * meanKernel(reference, generated, sigma));
}

function meanKernel(a: Matrix, b: Matrix, sigma: number): number {
  let sum = 0;
  for (const { data } of squaredDistanceBlocks(a, b)) {
    for (let at = 0; at < data.length; at++) sum += Math.exp(-data[at] / (2 * sigma * sigma));
  }
  return sum / (a.rows * b.rows);
}

/** A band of distances within a set starts at its own diagonal: what lies right of it stands for two pairs. */
function meanKernelWithin(set: Matrix, sigma: number): number {
  let sum = 0;
  for (const { rows, cols, data } of squaredDistanceBlocks(set)) {
    for (let i = 0; i < rows; i++) {
      sum += 1;
      for (let j = i + 1; j < cols; j++) sum += 2 * Math.exp(-data[i * cols + j] / (2 * sigma * sigma));
    }
  }
  return sum / (set.rows * set.rows);
}
