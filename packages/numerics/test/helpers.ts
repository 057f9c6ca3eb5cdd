import { matrix, RandomState, type Matrix } from '../src/index.js';

/** A seeded standard normal matrix. */
export function normal(rows: number, cols: number, seed = 1): Matrix & { readonly data: Float64Array } {
  return { data: new RandomState(seed).randn(rows, cols), rows, cols };
}

/** The same matrix in float32. */
export function single(source: Matrix): Matrix {
  return matrix(Float32Array.from(source.data), source.rows, source.cols);
}

/** A·Bᵀ in three loops. */
export function plainProduct(a: Matrix, b: Matrix): Float64Array {
  const out = new Float64Array(a.rows * b.rows);
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < b.rows; j++) {
      for (let p = 0; p < a.cols; p++) out[i * b.rows + j] += a.data[i * a.cols + p] * b.data[j * b.cols + p];
    }
  }
  return out;
}

/** The largest absolute difference of two arrays of one length. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = difference;
  }
  return largest;
}
