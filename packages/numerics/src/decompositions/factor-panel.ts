import type { KernelExports } from '../kernels/kernel-exports.js';
import { reserve } from '../kernels/scratch.js';

/** A QR decomposition with Q = I − V·T·Vᵀ. */
export interface BlockReflection {
  /** R, count×count upper triangular, row-major. */
  readonly upper: Float64Array;
  /** T, count×count upper triangular, row-major. */
  readonly t: Float64Array;
}

/**
 * QR decomposition of a matrix whose columns are given as `count` contiguous vectors of `length` elements, count ≤ length
 * (Schreiber & Van Loan 1989). The vectors become those of V.
 */
export function factorPanel(
  kernels: KernelExports,
  vectors: Float64Array,
  count: number,
  length: number,
): BlockReflection {
  const base = reserve(kernels, (count * length + count * count + 2 * count) * 8);
  const t = base + count * length * 8;
  const diagonal = t + count * count * 8;
  const panel = new Float64Array(kernels.memory.buffer, base, count * length);
  panel.set(vectors);
  kernels.factorPanel(base, count, length, diagonal, t, diagonal + count * 8);
  const upper = new Float64Array(count * count);
  for (let j = 0; j < count; j++) {
    for (let i = 0; i < j; i++) upper[i * count + j] = panel[j * length + i];
    panel.fill(0, j * length, j * length + j);
  }
  new Float64Array(kernels.memory.buffer, diagonal, count).forEach((value, j) => {
    upper[j * count + j] = value;
  });
  vectors.set(panel);
  return { upper, t: new Float64Array(kernels.memory.buffer, t, count * count).slice() };
}
