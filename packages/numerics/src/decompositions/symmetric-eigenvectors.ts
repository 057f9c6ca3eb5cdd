import type { Matrix } from '../matrix.js';

const MAX_SWEEPS = 30;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix, of falling eigenvalue, by cyclic Jacobi rotations (Golub &
 * Van Loan 2013, §8.5). O(n³) with a large constant: for n up to a few hundred.
 * @param matrix n×n
 * @returns n values, and the vectors as the rows of an n×n matrix
 * @throws RangeError when the matrix is not square
 * @example symmetricEigenvectors(matrix([[2, 0], [0, 3]])).values // => Float64Array [3, 2]
 */
export function symmetricEigenvectors(matrix: Matrix): {
  values: Float64Array;
  vectors: Matrix & { readonly data: Float64Array };
} {
  const { rows: n, cols } = matrix;
  if (n !== cols) throw new RangeError(`eigenvectors need a square matrix, got ${n}×${cols}`);
  const a = Float64Array.from(matrix.data);
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  const negligible = Number.EPSILON * Math.sqrt(a.reduce((sum, value) => sum + value * value, 0));
  for (let sweep = 0, rotated = true; rotated && sweep < MAX_SWEEPS; sweep++) {
    rotated = false;
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p * n + q]) <= negligible) continue;
        rotate(a, vectors, n, p, q);
        rotated = true;
      }
    }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i]);
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n));
  return { values: Float64Array.from(order, (i) => a[i * n + i]), vectors: { data: sorted, rows: n, cols: n } };
}

/** The rotation of rows and columns p and q that makes a[p, q] zero. */
function rotate(a: Float64Array, vectors: Float64Array, n: number, p: number, q: number): void {
  const half = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
  const tangent = Math.sign(half || 1) / (Math.abs(half) + Math.sqrt(half * half + 1));
  const cosine = 1 / Math.sqrt(tangent * tangent + 1);
  const sine = tangent * cosine;
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[k * n + p], a[k * n + q]];
    a[k * n + p] = cosine * x - sine * y;
    a[k * n + q] = sine * x + cosine * y;
  }
  for (let k = 0; k < n; k++) {
    const [x, y] = [a[p * n + k], a[q * n + k]];
    a[p * n + k] = cosine * x - sine * y;
    a[q * n + k] = sine * x + cosine * y;
    const [u, v] = [vectors[p * n + k], vectors[q * n + k]];
    vectors[p * n + k] = cosine * u - sine * v;
    vectors[q * n + k] = sine * u + cosine * v;
  }
}
