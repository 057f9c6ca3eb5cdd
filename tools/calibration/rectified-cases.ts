import { frechetDistance, GaussianStatistics } from '@plateau/fidelity';
import { gram, RandomState, transposeCentered, type Matrix } from '@plateau/numerics';
import { D, normal, type Case } from './normal-features.js';

/** max(0, ·) of normal features mixed by a random orthogonal matrix, from the moments of rectified normals. */
export function rectified(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const signs = new RandomState(77).randn(3, D).map(Math.sign);
  const mix = (row: Float64Array): void => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < D; i++) row[i] *= signs[round * D + i];
      hadamard(row);
      for (let i = 0; i < D; i++) row[i] /= Math.sqrt(D);
    }
  };
  const statistics = (variances: Float64Array, offset: number): GaussianStatistics => {
    const factor = new Float64Array(D * D);
    for (let i = 0; i < D; i++) {
      factor[i * D + i] = Math.sqrt(variances[i]);
      mix(factor.subarray(i * D, (i + 1) * D));
    }
    const covariance = gram(transposeCentered({ data: factor, rows: D, cols: D }, new Float64Array(D))).data;
    const deviations = Float64Array.from({ length: D }, (_, i) => Math.sqrt(covariance[i * D + i]));
    const means = deviations.map((deviation) => deviation / Math.sqrt(2 * Math.PI));
    const rectifiedCovariance = covariance.map((value, at) => {
      const [i, j] = [Math.floor(at / D), at % D];
      return rectifiedMoment(value, deviations[i] * deviations[j]) - means[i] * means[j];
    });
    const mean = means.map((value) => value + offset);
    return GaussianStatistics.fromMoments(mean, { data: rectifiedCovariance, rows: D, cols: D }, 2);
  };
  const [first, second] = [statistics(x, 0), statistics(y, shift)];
  const scale = 60 / first.variances().reduce((sum, value) => sum + value, 0);
  return {
    name,
    truth: scale * frechetDistance(first, second).value,
    draw: (n, m, random) => [
      rectify(normal(n, x, random), mix, 0, Math.sqrt(scale)),
      rectify(normal(m, y, random), mix, shift, Math.sqrt(scale)),
    ],
  };
}

/**
 * The same mixed by one Walsh–Hadamard matrix: the products of two latent values that rectification makes then meet in one
 * direction each, far from a mixture of independent values. The covariance depends on i xor j alone, before and after
 * rectification, so the matrix diagonalises it and the distance is exact.
 */
export function resonant(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const moments = (variances: Float64Array) => {
    const covariance = hadamard(variances.slice()).map((value) => value / D);
    const mean = Math.sqrt(covariance[0] / (2 * Math.PI));
    const after = covariance.map((value) => rectifiedMoment(value, covariance[0]) - mean ** 2);
    return { mean, eigenvalues: hadamard(after).map((value) => Math.max(0, value)) };
  };
  const [first, second] = [moments(x), moments(y)];
  const scale = 60 / first.eigenvalues.reduce((sum, value) => sum + value, 0);
  const covarianceTerm = first.eigenvalues.reduce(
    (sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(second.eigenvalues[i])) ** 2,
    0,
  );
  const mix = (row: Float64Array): void => {
    hadamard(row);
    for (let i = 0; i < D; i++) row[i] /= Math.sqrt(D);
  };
  return {
    name,
    truth: scale * (D * (first.mean - second.mean - shift) ** 2 + covarianceTerm),
    draw: (n, m, random) => [
      rectify(normal(n, x, random), mix, 0, Math.sqrt(scale)),
      rectify(normal(m, y, random), mix, shift, Math.sqrt(scale)),
    ],
  };
}

/** E[max(0, a)·max(0, b)] of normals with that covariance and product of deviations (Cho & Saul 2009). */
function rectifiedMoment(covariance: number, deviations: number): number {
  const r = Math.min(1, Math.max(-1, covariance / deviations));
  return (deviations / (2 * Math.PI)) * (Math.sqrt(1 - r * r) + r * (Math.PI - Math.acos(r)));
}

function rectify(matrix: Matrix, mix: (row: Float64Array) => void, offset: number, scale: number): Matrix {
  const data = matrix.data as Float64Array;
  for (let row = 0; row < matrix.rows; row++) mix(data.subarray(row * D, (row + 1) * D));
  for (let i = 0; i < data.length; i++) data[i] = (Math.max(0, data[i]) + offset) * scale;
  return matrix;
}

/** The Walsh–Hadamard transform, in place, not normalised. */
function hadamard(values: Float64Array): Float64Array {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const [a, b] = [values[i], values[i + half]];
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
  return values;
}
