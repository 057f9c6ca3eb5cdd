import { addScaled, dot, householder } from './vectors';

// Householder reduction of a symmetric matrix to tridiagonal form (Golub & Van Loan 2013, §8.3.1), from the last row up,
// so that the remaining problem is always the leading square. Only the lower triangle is read and written. The rank-two
// update of one step and the matrix-vector product of the next share one pass over the triangle, because the reduction
// is bound by memory.

/**
 * One row of the shared pass: row −= rowU·q + rowQ·u, then p += rowV·row; returns row·v.
 */
function updateRow(
  row: usize,
  length: usize,
  u: usize,
  q: usize,
  rowU: f64,
  rowQ: f64,
  v: usize,
  p: usize,
  rowV: f64,
): f64 {
  const us = f64x2.splat(rowU);
  const qs = f64x2.splat(rowQ);
  const vs = f64x2.splat(rowV);
  let sums = f64x2.splat(0);
  const end = row + ((length & ~1) << 3);
  while (row < end) {
    const value = f64x2.sub(f64x2.sub(v128.load(row), f64x2.mul(us, v128.load(q))), f64x2.mul(qs, v128.load(u)));
    v128.store(row, value);
    sums = f64x2.add(sums, f64x2.mul(value, v128.load(v)));
    v128.store(p, f64x2.add(v128.load(p), f64x2.mul(vs, value)));
    row += 16;
    u += 16;
    q += 16;
    v += 16;
    p += 16;
  }
  let sum = f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
  if (length & 1) {
    const value = load<f64>(row) - rowU * load<f64>(q) - rowQ * load<f64>(u);
    store<f64>(row, value);
    sum += value * load<f64>(v);
    store<f64>(p, load<f64>(p) + rowV * value);
  }
  return sum;
}

/**
 * Reduces the n×n matrix at `a` in place; writes n diagonal and n − 1 off-diagonal elements. `work` holds 4n float64.
 */
export function tridiagonalize(a: usize, n: usize, diagonal: usize, offDiagonal: usize, work: usize): void {
  const stride = n << 3;
  let u = work;
  let v = work + stride;
  const q = v + stride;
  const p = q + stride;
  memory.fill(work, 0, 4 * stride);
  for (let size = n - 1; size > 0; size--) {
    // `u` and `q` carry the update that the leading size+1 rows still need; row `size` gets it now.
    const row = a + size * stride;
    const rowU = load<f64>(u + (size << 3));
    const rowQ = load<f64>(q + (size << 3));
    addScaled(row, q, -rowU, size + 1);
    addScaled(row, u, -rowQ, size + 1);
    store<f64>(diagonal + (size << 3), load<f64>(row + (size << 3)));

    // The Householder vector keeps its 1 in the last place: the element beside the diagonal.
    const last = (size - 1) << 3;
    const head = load<f64>(row + last);
    memory.copy(v + 8, row, last);
    store<f64>(v, head);
    const beta = offDiagonal + last;
    const tau = householder(v, size, beta);
    memory.copy(v, v + 8, last);
    store<f64>(v + last, 1);

    memory.fill(p, 0, size << 3);
    for (let j: usize = 0; j < size; j++) {
      const at = j << 3;
      const leading = a + j * stride;
      const uj = load<f64>(u + at);
      const qj = load<f64>(q + at);
      const vj = load<f64>(v + at);
      const sum = updateRow(leading, j, u, q, uj, qj, v, p, vj);
      const value = load<f64>(leading + at) - 2 * uj * qj;
      store<f64>(leading + at, value);
      store<f64>(p + at, load<f64>(p + at) + sum + value * vj);
    }
    // q = τ·(p − ½·τ·(pᵀv)·v): the leading square becomes A − v·qᵀ − q·vᵀ.
    const half = 0.5 * tau * dot(p, v, size);
    memory.fill(q, 0, size << 3);
    addScaled(q, p, tau, size);
    addScaled(q, v, -tau * half, size);
    const swap = u;
    u = v;
    v = swap;
  }
  store<f64>(diagonal, load<f64>(a) - 2 * load<f64>(u) * load<f64>(q));
}
