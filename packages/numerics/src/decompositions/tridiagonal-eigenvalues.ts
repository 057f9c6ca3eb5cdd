import type { Tridiagonal } from './tridiagonal-form.js';

/** Sweeps allowed for one eigenvalue: about two are usual. */
const MAX_SWEEPS = 60;

/**
 * Eigenvalues of a symmetric tridiagonal matrix, ascending, by implicit QL with Wilkinson's shift (Golub & Van Loan
 * 2013, §8.3.5). Overwrites its input.
 * @throws Error when an eigenvalue does not converge, which finite input does not cause
 */
export function tridiagonalEigenvalues({ diagonal: d, offDiagonal }: Tridiagonal): Float64Array {
  const n = d.length;
  const e = new Float64Array(n);
  e.set(offDiagonal);
  for (let first = 0; first < n; first++) {
    for (let sweep = 0; ; sweep++) {
      let last = first;
      while (last < n - 1 && Math.abs(e[last]) > Number.EPSILON * (Math.abs(d[last]) + Math.abs(d[last + 1]))) last++;
      if (last === first) break;
      if (sweep === MAX_SWEEPS) throw new Error(`eigenvalue ${first} of ${n} did not converge in ${sweep} QL sweeps`);
      sweepUp(d, e, first, last);
    }
  }
  return d.sort();
}

/** One implicit QL sweep over the unreduced block first…last: chases the bulge from the bottom to the top. */
function sweepUp(d: Float64Array, e: Float64Array, first: number, last: number): void {
  const half = (d[first + 1] - d[first]) / (2 * e[first]);
  const root = Math.sqrt(half * half + 1);
  const shift = d[first] - e[first] / (half + (half < 0 ? -root : root));
  let g = d[last] - shift;
  let sine = 1;
  let cosine = 1;
  let carried = 0;
  for (let i = last - 1; i >= first; i--) {
    const f = sine * e[i];
    const b = cosine * e[i];
    const r = Math.sqrt(f * f + g * g);
    e[i + 1] = r;
    if (r === 0) {
      // The block splits here: what was carried belongs to the lower part.
      d[i + 1] -= carried;
      e[last] = 0;
      return;
    }
    const inverse = 1 / r;
    sine = f * inverse;
    cosine = g * inverse;
    const lower = d[i + 1] - carried;
    const t = (d[i] - lower) * sine + 2 * cosine * b;
    carried = sine * t;
    d[i + 1] = lower + carried;
    g = cosine * t - b;
  }
  d[first] -= carried;
  e[first] = g;
  e[last] = 0;
}
