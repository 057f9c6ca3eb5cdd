import { addScaled, dot, householder } from './vectors';

// The QR decomposition of a few columns as one block reflection Q = I − V·T·Vᵀ (Schreiber & Van Loan 1989).

/**
 * Decomposes the matrix whose columns are the `count` vectors of `length` elements, count ≤ length, at `vectors`. Vector
 * j then holds column j of R above its own element j, and the Householder vector with its leading 1 from there on; the
 * diagonal of R is written to `diagonal` and T, upper triangular count×count row-major, to `t`. `work` holds `count`
 * float64.
 */
export function factorPanel(vectors: usize, count: usize, length: usize, diagonal: usize, t: usize, work: usize): void {
  const stride = length << 3;
  memory.fill(t, 0, (count * count) << 3);
  for (let j: usize = 0; j < count; j++) {
    const at = j << 3;
    const v = vectors + j * stride + at;
    const tau = householder(v, length - j, diagonal + at);
    for (let l = j + 1; l < count; l++) {
      const other = vectors + l * stride + at;
      addScaled(other, v, -tau * dot(other, v, length - j), length - j);
    }
    // Column j of T: −τ·T·(Vᵀv) above the diagonal, τ on it.
    for (let i: usize = 0; i < j; i++) {
      store<f64>(work + (i << 3), dot(vectors + i * stride + at, v, length - j));
    }
    for (let i: usize = 0; i < j; i++) {
      const row = t + ((i * count) << 3);
      store<f64>(row + at, -tau * dot(row + (i << 3), work + (i << 3), j - i));
    }
    store<f64>(t + ((j * count) << 3) + at, tau);
  }
}
