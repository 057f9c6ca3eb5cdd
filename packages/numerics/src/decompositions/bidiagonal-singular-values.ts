import type { Bidiagonal } from './bidiagonal-form.js';

/** Sweeps allowed for one singular value: about two are usual. */
const MAX_SWEEPS = 60;

/**
 * Singular values of an upper bidiagonal matrix, descending, by the implicit QR iteration of Golub and Kahan (Golub & Van
 * Loan 2013, §8.6). Overwrites its input.
 * @throws Error when a singular value does not converge, which finite input does not cause
 */
export function bidiagonalSingularValues({ diagonal: d, superdiagonal: e }: Bidiagonal): Float64Array {
  const n = d.length;
  const norm = d.reduce((largest, value, i) => Math.max(largest, Math.abs(value), Math.abs(e[i] ?? 0)), 0);
  let sweeps = 0;
  for (let last = n - 1; last > 0;) {
    let first = last;
    while (first > 0 && !negligible(d, e, first - 1)) first--;
    if (first === last) {
      last--;
      sweeps = 0;
      continue;
    }
    if (sweeps++ === MAX_SWEEPS)
      throw new Error(`singular value ${last} of ${n} did not converge in ${MAX_SWEEPS} sweeps`);
    const zero = zeroOnDiagonal(d, first, last, Number.EPSILON * norm);
    if (zero === last) chaseUp(d, e, first, last);
    else if (zero >= 0) chaseDown(d, e, zero, last);
    else sweepDown(d, e, first, last);
  }
  return d.map(Math.abs).sort().reverse();
}

function negligible(d: Float64Array, e: Float64Array, i: number): boolean {
  if (Math.abs(e[i]) > Number.EPSILON * (Math.abs(d[i]) + Math.abs(d[i + 1]))) return false;
  e[i] = 0;
  return true;
}

function zeroOnDiagonal(d: Float64Array, first: number, last: number, tolerance: number): number {
  for (let i = last; i >= first; i--) {
    if (Math.abs(d[i]) <= tolerance) {
      d[i] = 0;
      return i;
    }
  }
  return -1;
}

/** d[row] = 0: rotations of row `row` with the rows below it remove e[row]. */
function chaseDown(d: Float64Array, e: Float64Array, row: number, last: number): void {
  let f = e[row];
  e[row] = 0;
  for (let i = row + 1; i <= last && f !== 0; i++) {
    const r = Math.sqrt(d[i] * d[i] + f * f);
    const sine = -f / r;
    const cosine = d[i] / r;
    d[i] = r;
    if (i < last) {
      f = sine * e[i];
      e[i] *= cosine;
    }
  }
}

/** d[last] = 0: rotations of column `last` with the columns before it remove e[last − 1]. */
function chaseUp(d: Float64Array, e: Float64Array, first: number, last: number): void {
  let f = e[last - 1];
  e[last - 1] = 0;
  for (let i = last - 1; i >= first && f !== 0; i--) {
    const r = Math.sqrt(d[i] * d[i] + f * f);
    const sine = -f / r;
    const cosine = d[i] / r;
    d[i] = r;
    if (i > first) {
      f = sine * e[i - 1];
      e[i - 1] *= cosine;
    }
  }
}

/** One implicit QR sweep over the unreduced block first…last, shifted by the eigenvalue of BᵀB's last 2×2 block. */
function sweepDown(d: Float64Array, e: Float64Array, first: number, last: number): void {
  const above = last - 1 > first ? e[last - 2] : 0;
  const a = d[last - 1] * d[last - 1] + above * above;
  const b = d[last] * d[last] + e[last - 1] * e[last - 1];
  const c = d[last - 1] * e[last - 1];
  const half = (a - b) / 2;
  const root = Math.sqrt(half * half + c * c);
  const shift = b - (c * c) / (half + (half < 0 ? -root : root));
  let y = d[first] * d[first] - shift;
  let z = d[first] * e[first];
  for (let i = first; i < last; i++) {
    let r = Math.sqrt(y * y + z * z);
    let cosine = r === 0 ? 1 : y / r;
    let sine = r === 0 ? 0 : z / r;
    if (i > first) e[i - 1] = r;
    const f = cosine * d[i] + sine * e[i];
    e[i] = cosine * e[i] - sine * d[i];
    const g = sine * d[i + 1];
    d[i + 1] *= cosine;
    r = Math.sqrt(f * f + g * g);
    cosine = r === 0 ? 1 : f / r;
    sine = r === 0 ? 0 : g / r;
    d[i] = r;
    y = cosine * e[i] + sine * d[i + 1];
    d[i + 1] = cosine * d[i + 1] - sine * e[i];
    e[i] = y;
    if (i + 1 < last) {
      z = sine * e[i + 1];
      e[i + 1] *= cosine;
    }
  }
}
