import { RandomState, type Matrix } from '@plateau/numerics';

/** Independent normal columns of those variances, moved by `shift`. */
export function gaussianFeatures(n: number, variances: ArrayLike<number>, seed: number, shift = 0): Matrix {
  const cols = variances.length;
  const data = new RandomState(seed).randn(n, cols);
  for (let i = 0; i < data.length; i++) data[i] = data[i] * Math.sqrt(variances[i % cols]) + shift;
  return { data, rows: n, cols };
}

/** Variances ∝ i^−exponent with that sum. */
export function powerLaw(d: number, exponent: number, trace: number): Float64Array {
  const values = Float64Array.from({ length: d }, (_, i) => (i + 1) ** -exponent);
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (value * trace) / sum);
}

/** Fréchet distance of two normal distributions with diagonal covariances whose means differ by `shift` in every column. */
export function trueDistance(x: Float64Array, y: Float64Array, shift = 0): number {
  return x.reduce((sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(y[i])) ** 2 + shift ** 2, 0);
}
