import type { Bidiagonal } from './bidiagonal-form.js';

/** Householder reduction of a rows×cols matrix, rows ≥ cols, overwritten (Golub & Van Loan 2013, §5.4.3). */
export function plainBidiagonalForm(a: Float64Array, rows: number, cols: number): Bidiagonal {
  const diagonal = new Float64Array(cols);
  const superdiagonal = new Float64Array(Math.max(0, cols - 1));
  for (let k = 0; k < cols; k++) {
    const column = Float64Array.from({ length: rows - k }, (_, i) => a[(k + i) * cols + k]);
    const left = householder(column);
    diagonal[k] = left.beta;
    for (let j = k + 1; j < cols; j++) {
      let sum = 0;
      for (let i = k; i < rows; i++) sum += column[i - k] * a[i * cols + j];
      for (let i = k; i < rows; i++) a[i * cols + j] -= left.tau * sum * column[i - k];
    }
    if (k + 1 === cols) break;
    const row = a.slice(k * cols + k + 1, (k + 1) * cols);
    const right = householder(row);
    superdiagonal[k] = right.beta;
    for (let i = k + 1; i < rows; i++) {
      const offset = i * cols + k + 1;
      let sum = 0;
      for (let j = 0; j < row.length; j++) sum += a[offset + j] * row[j];
      for (let j = 0; j < row.length; j++) a[offset + j] -= right.tau * sum * row[j];
    }
  }
  return { diagonal, superdiagonal };
}

/** Turns x into v with v₀ = 1 so that (I − τ·v·vᵀ)·x = β·e₀. */
function householder(x: Float64Array): { tau: number; beta: number } {
  let rest = 0;
  for (let i = 1; i < x.length; i++) rest += x[i] * x[i];
  const alpha = x[0];
  x[0] = 1;
  if (rest === 0) return { tau: 0, beta: alpha };
  const norm = Math.sqrt(alpha * alpha + rest);
  const beta = alpha > 0 ? -norm : norm;
  for (let i = 1; i < x.length; i++) x[i] /= alpha - beta;
  return { tau: (beta - alpha) / beta, beta };
}
