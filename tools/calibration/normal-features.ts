import type { Matrix, RandomState } from '@plateau/numerics';

/** Features of the simulated sets. */
export const D = 2048;

/** Two distributions of features and the Fréchet distance between them. */
export interface Case {
  readonly name: string;
  readonly truth: number;
  /** Sets of n and m samples. */
  draw(n: number, m: number, random: RandomState): [Matrix, Matrix];
  /** The specimen of each sample, where samples are not independent. */
  groups?(n: number, m: number): { readonly reference: readonly string[]; readonly generated: readonly string[] };
}

/** Eigenvalues of that shape and sum. */
export function spectrum(shape: (i: number) => number, trace: number): Float64Array {
  const values = Float64Array.from({ length: D }, (_, i) => shape(i + 1));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (value * trace) / sum);
}

/** n samples with independent normal columns. */
export function normal(n: number, variances: Float64Array, random: RandomState): Matrix {
  const data = random.randn(n, D);
  const deviations = variances.map(Math.sqrt);
  for (let i = 0; i < data.length; i++) data[i] *= deviations[i % D];
  return { data, rows: n, cols: D };
}

/** Moves the first columns, in place. */
export function shifted(matrix: Matrix, shift: number, columns: number): Matrix {
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = 0; k < columns; k++) matrix.data[row * D + k] += shift;
  }
  return matrix;
}

/** The Fréchet distance where both covariances are diagonal. */
export function diagonalDistance(x: Float64Array, y: Float64Array, shift: number): number {
  return x.reduce((sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(y[i])) ** 2, 20 * shift ** 2);
}
