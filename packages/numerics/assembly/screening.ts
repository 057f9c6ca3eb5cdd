// C = A·Bᵀ in float32, at twice the speed of float64, for a first look at distances. Panels interleave four rows.

/** Steps in k between two additions to C: bounds the rounding errors, and panels of this length stay cached. */
const DEPTH: usize = 256;
const LANES: usize = 4;
const PANEL_STEP: usize = LANES << 2;

// @ts-ignore: decorator
@inline
function interleaveSingle(r0: v128, r1: v128, r2: v128, r3: v128, destination: usize): void {
  const left = v128.shuffle<f32>(f32x4.demote_f64x2_zero(r0), f32x4.demote_f64x2_zero(r1), 0, 4, 1, 5);
  const right = v128.shuffle<f32>(f32x4.demote_f64x2_zero(r2), f32x4.demote_f64x2_zero(r3), 0, 4, 1, 5);
  v128.store(destination, v128.shuffle<f64>(left, right, 0, 2));
  v128.store(destination, v128.shuffle<f64>(left, right, 1, 3), 16);
}

/** Two elements of a float64 row (`shift` 3) or a float32 one (`shift` 2), centred and scaled. */
// @ts-ignore: decorator
@inline
function loadPair(pointer: usize, shift: usize, center: v128, scale: v128): v128 {
  const pair = shift === 3 ? v128.load(pointer) : f64x2.promote_low_f32x4(v128.load64_zero(pointer));
  return f64x2.mul(f64x2.sub(pair, center), scale);
}

/**
 * Packs rows×depth elements of 2^shift bytes, less `center` in every row and times `scale`, into panels of float32. `rows`
 * is a multiple of four, `depth` of two.
 */
export function packSingle(
  source: usize,
  shift: usize,
  rows: usize,
  depth: usize,
  center: usize,
  scale: f64,
  destination: usize,
): void {
  const stride = depth << shift;
  const step: usize = 2 << shift;
  const scales = f64x2.splat(scale);
  for (let row: usize = 0; row < rows; row += LANES) {
    let p = source + row * stride;
    let c = center;
    const end = p + stride;
    while (p < end) {
      const shiftBy = v128.load(c);
      interleaveSingle(
        loadPair(p, shift, shiftBy, scales),
        loadPair(p + stride, shift, shiftBy, scales),
        loadPair(p + 2 * stride, shift, shiftBy, scales),
        loadPair(p + 3 * stride, shift, shiftBy, scales),
        destination,
      );
      p += step;
      c += 16;
      destination += 2 * PANEL_STEP;
    }
  }
}

/** Adds the product of one panel and two, `steps` deep, to C. */
function addPanelProduct(a: usize, b: usize, panel: usize, steps: usize, c: usize, stride: usize): void {
  let c00 = f32x4.splat(0);
  let c01 = c00;
  let c10 = c00;
  let c11 = c00;
  let c20 = c00;
  let c21 = c00;
  let c30 = c00;
  let c31 = c00;
  const end = a + steps * PANEL_STEP;
  let next = b + panel;
  while (a < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(next);
    let x = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(x, b0));
    c01 = f32x4.add(c01, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(x, b0));
    c11 = f32x4.add(c11, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(x, b0));
    c21 = f32x4.add(c21, f32x4.mul(x, b1));
    x = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(x, b0));
    c31 = f32x4.add(c31, f32x4.mul(x, b1));
    a += PANEL_STEP;
    b += PANEL_STEP;
    next += PANEL_STEP;
  }
  v128.store(c, f32x4.add(v128.load(c), c00));
  v128.store(c, f32x4.add(v128.load(c, 16), c01), 16);
  c += stride;
  v128.store(c, f32x4.add(v128.load(c), c10));
  v128.store(c, f32x4.add(v128.load(c, 16), c11), 16);
  c += stride;
  v128.store(c, f32x4.add(v128.load(c), c20));
  v128.store(c, f32x4.add(v128.load(c, 16), c21), 16);
  c += stride;
  v128.store(c, f32x4.add(v128.load(c), c30));
  v128.store(c, f32x4.add(v128.load(c, 16), c31), 16);
}

/** C += A·Bᵀ, C being rowsA×rowsB float32 row-major, from packed A and B; rowsA a multiple of four, rowsB of eight. */
export function multiplySingle(a: usize, rowsA: usize, b: usize, rowsB: usize, depth: usize, c: usize): void {
  const stride = rowsB << 2;
  const panel = depth * PANEL_STEP;
  for (let start: usize = 0; start < depth; start += DEPTH) {
    const steps = min(DEPTH, depth - start);
    const offset = start * PANEL_STEP;
    for (let j: usize = 0; j < rowsB; j += 2 * LANES) {
      const bPanel = b + (j >> 2) * panel + offset;
      for (let i: usize = 0; i < rowsA; i += LANES) {
        addPanelProduct(a + (i >> 2) * panel + offset, bPanel, panel, steps, c + i * stride + (j << 2), stride);
      }
    }
  }
}
