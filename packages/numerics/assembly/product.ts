// C = A·Bᵀ on packed panels: four rows side by side, so that one step in k reads 32 consecutive bytes of each operand.

/** Steps in k that one pass over a tile takes: two panels of this length stay in the first-level cache. */
const DEPTH: usize = 256;
/** Rows that a panel interleaves. */
const LANES: usize = 4;
const PANEL_STEP: usize = LANES << 3;

// @ts-ignore: decorator
@inline
function interleave(r0: v128, r1: v128, r2: v128, r3: v128, destination: usize): void {
  v128.store(destination, v128.shuffle<f64>(r0, r1, 0, 2));
  v128.store(destination, v128.shuffle<f64>(r2, r3, 0, 2), 16);
  v128.store(destination, v128.shuffle<f64>(r0, r1, 1, 3), 32);
  v128.store(destination, v128.shuffle<f64>(r2, r3, 1, 3), 48);
}

/** Packs rows×depth float64, less `center` in every row, into panels. `rows` is a multiple of four, `depth` of two. */
export function packRows64(source: usize, rows: usize, depth: usize, center: usize, destination: usize): void {
  const stride = depth << 3;
  for (let row: usize = 0; row < rows; row += LANES) {
    let p0 = source + row * stride;
    let p1 = p0 + stride;
    let p2 = p1 + stride;
    let p3 = p2 + stride;
    let c = center;
    const end = p1;
    while (p0 < end) {
      const shift = v128.load(c);
      interleave(
        f64x2.sub(v128.load(p0), shift),
        f64x2.sub(v128.load(p1), shift),
        f64x2.sub(v128.load(p2), shift),
        f64x2.sub(v128.load(p3), shift),
        destination,
      );
      p0 += 16;
      p1 += 16;
      p2 += 16;
      p3 += 16;
      c += 16;
      destination += 64;
    }
  }
}

// @ts-ignore: decorator
@inline
function promotePair(pointer: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(pointer));
}

/** The same from float32 rows. */
export function packRows32(source: usize, rows: usize, depth: usize, center: usize, destination: usize): void {
  const stride = depth << 2;
  for (let row: usize = 0; row < rows; row += LANES) {
    let p0 = source + row * stride;
    let p1 = p0 + stride;
    let p2 = p1 + stride;
    let p3 = p2 + stride;
    let c = center;
    const end = p1;
    while (p0 < end) {
      const shift = v128.load(c);
      interleave(
        f64x2.sub(promotePair(p0), shift),
        f64x2.sub(promotePair(p1), shift),
        f64x2.sub(promotePair(p2), shift),
        f64x2.sub(promotePair(p3), shift),
        destination,
      );
      p0 += 8;
      p1 += 8;
      p2 += 8;
      p3 += 8;
      c += 16;
      destination += 64;
    }
  }
}

/**
 * Packs the columns of steps×columns float64, whose rows lie `stride` bytes apart, less `center` in every row, into the
 * panels of a product that sums over the rows; `panel` bytes lie between panels. `columns` is a multiple of four.
 */
export function packColumns64(
  source: usize,
  stride: usize,
  steps: usize,
  columns: usize,
  center: usize,
  destination: usize,
  panel: usize,
): void {
  for (let column: usize = 0; column < columns; column += LANES) {
    const c0 = v128.load(center);
    const c1 = v128.load(center, 16);
    let from = source;
    let to = destination;
    const end = to + steps * PANEL_STEP;
    while (to < end) {
      v128.store(to, f64x2.sub(v128.load(from), c0));
      v128.store(to, f64x2.sub(v128.load(from, 16), c1), 16);
      from += stride;
      to += PANEL_STEP;
    }
    source += 32;
    center += 32;
    destination += panel;
  }
}

/** The same from float32. */
export function packColumns32(
  source: usize,
  stride: usize,
  steps: usize,
  columns: usize,
  center: usize,
  destination: usize,
  panel: usize,
): void {
  for (let column: usize = 0; column < columns; column += LANES) {
    const c0 = v128.load(center);
    const c1 = v128.load(center, 16);
    let from = source;
    let to = destination;
    const end = to + steps * PANEL_STEP;
    while (to < end) {
      v128.store(to, f64x2.sub(promotePair(from), c0));
      v128.store(to, f64x2.sub(promotePair(from + 8), c1), 16);
      from += stride;
      to += PANEL_STEP;
    }
    source += 16;
    center += 32;
    destination += panel;
  }
}

/**
 * Adds the 4×4 product of two panels, `steps` deep, to C. Not unrolled: with more values alive the compilers spill
 * registers, which costs a third of the speed.
 */
function addPanelProduct(a: usize, b: usize, steps: usize, c: usize, stride: usize): void {
  let c00 = f64x2.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + steps * PANEL_STEP;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    let x = v128.load_splat<f64>(a);
    c00 = f64x2.add(c00, f64x2.mul(x, b0));
    c01 = f64x2.add(c01, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 8);
    c10 = f64x2.add(c10, f64x2.mul(x, b0));
    c11 = f64x2.add(c11, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 16);
    c20 = f64x2.add(c20, f64x2.mul(x, b0));
    c21 = f64x2.add(c21, f64x2.mul(x, b1));
    x = v128.load_splat<f64>(a, 24);
    c30 = f64x2.add(c30, f64x2.mul(x, b0));
    c31 = f64x2.add(c31, f64x2.mul(x, b1));
    a += PANEL_STEP;
    b += PANEL_STEP;
  }
  v128.store(c, f64x2.add(v128.load(c), c00));
  v128.store(c, f64x2.add(v128.load(c, 16), c01), 16);
  c += stride;
  v128.store(c, f64x2.add(v128.load(c), c10));
  v128.store(c, f64x2.add(v128.load(c, 16), c11), 16);
  c += stride;
  v128.store(c, f64x2.add(v128.load(c), c20));
  v128.store(c, f64x2.add(v128.load(c, 16), c21), 16);
  c += stride;
  v128.store(c, f64x2.add(v128.load(c), c30));
  v128.store(c, f64x2.add(v128.load(c, 16), c31), 16);
}

/**
 * C += A·Bᵀ, C being rowsA×rowsB float64 row-major, from packed A and B. The sum over k always runs in the same order,
 * whatever the tile, so an element's last bit does not depend on where it lies.
 */
export function multiplyPacked(a: usize, rowsA: usize, b: usize, rowsB: usize, depth: usize, c: usize): void {
  const stride = rowsB << 3;
  const panel = depth * PANEL_STEP;
  for (let start: usize = 0; start < depth; start += DEPTH) {
    const steps = min(DEPTH, depth - start);
    const offset = start * PANEL_STEP;
    for (let j: usize = 0; j < rowsB; j += LANES) {
      const bPanel = b + (j >> 2) * panel + offset;
      for (let i: usize = 0; i < rowsA; i += LANES) {
        addPanelProduct(a + (i >> 2) * panel + offset, bPanel, steps, c + i * stride + (j << 3), stride);
      }
    }
  }
}
