import { dot, householder } from './vectors';

// Householder reduction of a general matrix to upper bidiagonal form (Golub & Van Loan 2013, §5.4.3). Each step needs
// A·v with the right vector v only after Aᵀ·u with the left vector u, so two passes over A are the least: the first also
// applies the previous step's update.

/** row −= rowU·y + rowZ·v; then total += rowNext·row. Two rows at a time share the loads of y, v and total. */
function updateTwoRows(
  row: usize,
  stride: usize,
  length: usize,
  u: usize,
  z: usize,
  next: usize,
  y: usize,
  v: usize,
  total: usize,
): void {
  const u0 = v128.load_splat<f64>(u);
  const u1 = v128.load_splat<f64>(u, 8);
  const z0 = v128.load_splat<f64>(z);
  const z1 = v128.load_splat<f64>(z, 8);
  const n0 = v128.load_splat<f64>(next);
  const n1 = v128.load_splat<f64>(next, 8);
  const end = row + (length << 3);
  while (row < end) {
    const ys = v128.load(y);
    const vs = v128.load(v);
    const a0 = f64x2.sub(f64x2.sub(v128.load(row), f64x2.mul(u0, ys)), f64x2.mul(z0, vs));
    v128.store(row, a0);
    const below = row + stride;
    const a1 = f64x2.sub(f64x2.sub(v128.load(below), f64x2.mul(u1, ys)), f64x2.mul(z1, vs));
    v128.store(below, a1);
    v128.store(total, f64x2.add(v128.load(total), f64x2.add(f64x2.mul(n0, a0), f64x2.mul(n1, a1))));
    row += 16;
    y += 16;
    v += 16;
    total += 16;
  }
}

/** Four rows times v. */
function dotFourRows(row: usize, stride: usize, length: usize, v: usize, out: usize): void {
  let s0 = f64x2.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  const end = row + (length << 3);
  while (row < end) {
    const vs = v128.load(v);
    s0 = f64x2.add(s0, f64x2.mul(vs, v128.load(row)));
    const row1 = row + stride;
    s1 = f64x2.add(s1, f64x2.mul(vs, v128.load(row1)));
    const row2 = row1 + stride;
    s2 = f64x2.add(s2, f64x2.mul(vs, v128.load(row2)));
    s3 = f64x2.add(s3, f64x2.mul(vs, v128.load(row2 + stride)));
    row += 16;
    v += 16;
  }
  store<f64>(out, f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1));
  store<f64>(out, f64x2.extract_lane(s1, 0) + f64x2.extract_lane(s1, 1), 8);
  store<f64>(out, f64x2.extract_lane(s2, 0) + f64x2.extract_lane(s2, 1), 16);
  store<f64>(out, f64x2.extract_lane(s3, 0) + f64x2.extract_lane(s3, 1), 24);
}

/**
 * Reduces the rows×cols matrix at `a` in place; rows ≥ cols, rows a multiple of four and cols of two (pad with zeros:
 * they add only zero singular values). Writes cols diagonal and cols − 1 superdiagonal elements. `work` holds
 * 3·rows + 3·cols float64. Loops start at an aligned index and so also touch up to three finished rows and one finished
 * column, which nothing reads again.
 */
export function bidiagonalize(
  a: usize,
  rows: usize,
  cols: usize,
  diagonal: usize,
  superdiagonal: usize,
  work: usize,
): void {
  const stride = cols << 3;
  let u = work;
  let next = u + (rows << 3);
  const z = next + (rows << 3);
  const y = z + (rows << 3);
  const v = y + stride;
  const total = v + stride;
  memory.fill(work, 0, 3 * (rows << 3) + 3 * stride);
  for (let k: usize = 0; k < cols; k++) {
    const yk = load<f64>(y + (k << 3));
    const vk = load<f64>(v + (k << 3));
    if (k > 0) store<f64>(next + ((k - 1) << 3), 0);
    for (let i = k; i < rows; i++) {
      const at = i << 3;
      const value = load<f64>(a + i * stride + (k << 3));
      store<f64>(next + at, value - load<f64>(u + at) * yk - load<f64>(z + at) * vk);
    }
    const tauLeft = householder(next + (k << 3), rows - k, diagonal + (k << 3));
    if (k + 1 === cols) return;

    const column = (k + 1) & ~1;
    const offset = column << 3;
    memory.fill(total, 0, stride);
    for (let i = k & ~1; i < rows; i += 2) {
      const at = i << 3;
      const row = a + i * stride + offset;
      updateTwoRows(row, stride, cols - column, u + at, z + at, next + at, y + offset, v + offset, total + offset);
    }
    const swap = u;
    u = next;
    next = swap;

    // Row k after the left reflection holds the right one.
    store<f64>(y + (k << 3), 0);
    store<f64>(v + (k << 3), 0);
    for (let j = k + 1; j < cols; j++) {
      const at = j << 3;
      const projected = tauLeft * load<f64>(total + at);
      store<f64>(y + at, projected);
      store<f64>(v + at, load<f64>(a + k * stride + at) - projected);
    }
    const tauRight = householder(v + ((k + 1) << 3), cols - k - 1, superdiagonal + (k << 3));
    const along = dot(y + ((k + 1) << 3), v + ((k + 1) << 3), cols - k - 1);
    for (let i = (k + 1) & ~3; i < rows; i += 4) {
      dotFourRows(a + i * stride + offset, stride, cols - column, v + offset, z + (i << 3));
    }
    for (let i = k + 1; i < rows; i++) {
      const at = i << 3;
      store<f64>(z + at, tauRight * (load<f64>(z + at) - load<f64>(u + at) * along));
    }
  }
}
