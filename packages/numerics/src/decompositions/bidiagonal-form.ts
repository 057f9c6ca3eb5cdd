import type { KernelExports } from '../kernels/kernel-exports.js';
import { plainBidiagonalForm } from './plain-bidiagonal-form.js';
import { BAND_WIDTH, bandForm } from './band-form.js';
import { reserve } from '../kernels/scratch.js';

/** An upper bidiagonal matrix: n diagonal and n − 1 superdiagonal elements. */
export interface Bidiagonal {
  readonly diagonal: Float64Array;
  readonly superdiagonal: Float64Array;
}

/**
 * The bidiagonal matrix with the singular values of a rows×cols one, rows ≥ cols, by reflections from both sides: first to
 * a band, whose making is matrix products, then from the band by chasing bulges. Without WebAssembly one reflection after
 * the other.
 * @param data row-major; overwritten
 */
export function bidiagonalForm(
  data: Float64Array,
  rows: number,
  cols: number,
  kernels: KernelExports | undefined,
): Bidiagonal {
  return kernels ? fromBand(bandForm(data, rows, cols, kernels), cols, kernels) : plainBidiagonalForm(data, rows, cols);
}

function fromBand(band: Float64Array, n: number, kernels: KernelExports): Bidiagonal {
  const base = reserve(kernels, (band.length + 2 * n + 3 * BAND_WIDTH) * 8);
  const diagonal = base + band.length * 8;
  const superdiagonal = diagonal + n * 8;
  new Float64Array(kernels.memory.buffer, base, band.length).set(band);
  kernels.bidiagonalizeBand(base, n, BAND_WIDTH, diagonal, superdiagonal, superdiagonal + n * 8);
  return {
    diagonal: new Float64Array(kernels.memory.buffer, diagonal, n).slice(),
    superdiagonal: new Float64Array(kernels.memory.buffer, superdiagonal, n - 1).slice(),
  };
}
