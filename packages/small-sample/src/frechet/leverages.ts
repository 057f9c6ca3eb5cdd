import { gram, scatter, type Matrix } from '@plateau/numerics';

/**
 * The leverage of each row of A in a ridge regression: z_iᵀ(AᵀA + ridge)⁻¹z_i, by Cholesky of the smaller of AAᵀ and AᵀA.
 * @param a n×k
 * @param ridge above 0
 * @returns n shares in [0, 1); their sum is the effective dimension of AᵀA at that ridge
 * @example leverages(matrix([[1], [1]]), 2) // => Float64Array [0.25, 0.25]
 */
export function leverages(a: Matrix, ridge: number): Float64Array {
  const { data, rows, cols } = a;
  if (rows <= cols) {
    const inverse = invertedFactor(gram(a).data, rows, ridge);
    return Float64Array.from({ length: rows }, (_, i) => {
      let diagonal = 0;
      for (let k = i; k < rows; k++) diagonal += inverse[k * rows + i] ** 2;
      return 1 - ridge * diagonal;
    });
  }
  const inverse = invertedFactor(scatter(a, new Float64Array(cols)).data, cols, ridge);
  return Float64Array.from({ length: rows }, (_, i) => {
    let total = 0;
    for (let j = 0; j < cols; j++) {
      let sum = 0;
      for (let k = 0; k <= j; k++) sum += inverse[j * cols + k] * data[i * cols + k];
      total += sum ** 2;
    }
    return total;
  });
}

/** L⁻¹ of the Cholesky factor L of S + ridge, both lower triangular and row-major. */
function invertedFactor(s: Float64Array, n: number, ridge: number): Float64Array {
  const l = s.slice();
  for (let i = 0; i < n; i++) {
    const row = i * n;
    l[row + i] += ridge;
    for (let j = 0; j < i; j++) l[row + j] = (l[row + j] - dot(l, row, j * n, j)) / l[j * n + j];
    l[row + i] = Math.sqrt(l[row + i] - dot(l, row, row, i));
  }
  const inverse = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let k = 0;
    for (; k + 3 < i; k += 4) subtractFour(inverse, row, k * n, n, l.subarray(row + k, row + k + 4), k + 4);
    for (; k < i; k++) for (let j = 0; j <= k; j++) inverse[row + j] -= l[row + k] * inverse[k * n + j];
    inverse[row + i] = 1;
    const pivot = l[row + i];
    for (let j = 0; j <= i; j++) inverse[row + j] /= pivot;
  }
  return inverse;
}

/** The inner product of two stretches; four sums keep the processor from waiting for each other. */
function dot(data: Float64Array, a: number, b: number, length: number): number {
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let k = 0;
  for (; k + 3 < length; k += 4) {
    s0 += data[a + k] * data[b + k];
    s1 += data[a + k + 1] * data[b + k + 1];
    s2 += data[a + k + 2] * data[b + k + 2];
    s3 += data[a + k + 3] * data[b + k + 3];
  }
  for (; k < length; k++) s0 += data[a + k] * data[b + k];
  return s0 + s1 + s2 + s3;
}

/** Takes four neighbouring rows times their factors off a row; what lies right of their diagonals is 0. */
function subtractFour(
  data: Float64Array,
  row: number,
  from: number,
  n: number,
  [f0, f1, f2, f3]: Float64Array,
  length: number,
): void {
  for (let j = 0; j < length; j++) {
    data[row + j] -=
      f0 * data[from + j] + f1 * data[from + n + j] + f2 * data[from + 2 * n + j] + f3 * data[from + 3 * n + j];
  }
}
