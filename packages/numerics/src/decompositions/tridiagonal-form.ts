import type { KernelExports } from '../kernels/kernel-exports.js';
import { reserve } from '../kernels/scratch.js';

/** A symmetric tridiagonal matrix: n diagonal and n − 1 off-diagonal elements. */
export interface Tridiagonal {
  readonly diagonal: Float64Array;
  readonly offDiagonal: Float64Array;
}

/**
 * The tridiagonal matrix with the eigenvalues of a symmetric n×n one, by Householder reflections (Golub & Van Loan 2013,
 * §8.3.1). Reads the lower triangle.
 */
export function tridiagonalForm(data: Float64Array, n: number, kernels: KernelExports | undefined): Tridiagonal {
  return kernels ? reduceInWasm(data, n, kernels) : reduceInJavaScript(data.slice(), n);
}

function reduceInWasm(data: Float64Array, n: number, kernels: KernelExports): Tridiagonal {
  const base = reserve(kernels, (n * n + 6 * n) * 8);
  const diagonal = base + n * n * 8;
  const offDiagonal = diagonal + n * 8;
  new Float64Array(kernels.memory.buffer, base, n * n).set(data);
  kernels.tridiagonalize(base, n, diagonal, offDiagonal, offDiagonal + n * 8);
  return {
    diagonal: new Float64Array(kernels.memory.buffer, diagonal, n).slice(),
    offDiagonal: new Float64Array(kernels.memory.buffer, offDiagonal, n - 1).slice(),
  };
}

/** From the last row up: row `size` becomes a multiple of the last unit vector of the leading square. */
function reduceInJavaScript(a: Float64Array, n: number): Tridiagonal {
  const diagonal = new Float64Array(n);
  const offDiagonal = new Float64Array(n - 1);
  const v = new Float64Array(n);
  const q = new Float64Array(n);
  for (let size = n - 1; size > 0; size--) {
    const row = size * n;
    diagonal[size] = a[row + size];
    let rest = 0;
    for (let j = 0; j < size - 1; j++) rest += a[row + j] ** 2;
    const alpha = a[row + size - 1];
    if (rest === 0) {
      offDiagonal[size - 1] = alpha;
      continue;
    }
    const beta = alpha > 0 ? -Math.sqrt(alpha * alpha + rest) : Math.sqrt(alpha * alpha + rest);
    const tau = (beta - alpha) / beta;
    offDiagonal[size - 1] = beta;
    for (let j = 0; j < size - 1; j++) v[j] = a[row + j] / (alpha - beta);
    v[size - 1] = 1;

    q.fill(0, 0, size);
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < i; j++) {
        sum += a[i * n + j] * v[j];
        q[j] += a[i * n + j] * v[i];
      }
      q[i] += sum + a[i * n + i] * v[i];
    }
    let along = 0;
    for (let i = 0; i < size; i++) along += q[i] * v[i];
    for (let i = 0; i < size; i++) q[i] = tau * (q[i] - 0.5 * tau * along * v[i]);
    for (let i = 0; i < size; i++) {
      for (let j = 0; j <= i; j++) a[i * n + j] -= v[i] * q[j] + q[i] * v[j];
    }
  }
  if (n > 0) diagonal[0] = a[0];
  return { diagonal, offDiagonal };
}
