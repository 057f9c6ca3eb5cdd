// Loops over float64 vectors that the reductions share. Lengths are in elements; any length is allowed.

/** Σ x·y. */
export function dot(x: usize, y: usize, length: usize): f64 {
  let sum0 = f64x2.splat(0);
  let sum1 = sum0;
  const end = x + ((length & ~3) << 3);
  while (x < end) {
    sum0 = f64x2.add(sum0, f64x2.mul(v128.load(x), v128.load(y)));
    sum1 = f64x2.add(sum1, f64x2.mul(v128.load(x, 16), v128.load(y, 16)));
    x += 32;
    y += 32;
  }
  sum0 = f64x2.add(sum0, sum1);
  let sum = f64x2.extract_lane(sum0, 0) + f64x2.extract_lane(sum0, 1);
  const last = end + ((length & 3) << 3);
  while (x < last) {
    sum += load<f64>(x) * load<f64>(y);
    x += 8;
    y += 8;
  }
  return sum;
}

/** y += factor·x. */
export function addScaled(y: usize, x: usize, factor: f64, length: usize): void {
  const factors = f64x2.splat(factor);
  const end = y + ((length & ~1) << 3);
  while (y < end) {
    v128.store(y, f64x2.add(v128.load(y), f64x2.mul(factors, v128.load(x))));
    x += 16;
    y += 16;
  }
  if (length & 1) store<f64>(y, load<f64>(y) + factor * load<f64>(x));
}

/** x *= factor. */
export function scale(x: usize, factor: f64, length: usize): void {
  const end = x + (length << 3);
  while (x < end) {
    store<f64>(x, load<f64>(x) * factor);
    x += 8;
  }
}

/**
 * Turns x into a Householder vector v with v₀ = 1, so that (I − τ·v·vᵀ)·x = β·e₀. Writes β at `beta` and returns τ
 * (0 where x is a multiple of e₀ already).
 */
export function householder(x: usize, length: usize, beta: usize): f64 {
  const alpha = load<f64>(x);
  const rest = length > 1 ? dot(x + 8, x + 8, length - 1) : 0;
  if (rest === 0) {
    store<f64>(beta, alpha);
    store<f64>(x, 1);
    return 0;
  }
  const norm = sqrt(alpha * alpha + rest);
  const signed = alpha > 0 ? -norm : norm;
  store<f64>(beta, signed);
  scale(x + 8, 1 / (alpha - signed), length - 1);
  store<f64>(x, 1);
  return (signed - alpha) / signed;
}
