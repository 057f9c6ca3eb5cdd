import { placeArrays } from '../wasm/index.js';
import type { KernelExports } from './kernel-exports.js';

/** Makes the kernels' memory at least `bytes` long beyond what the module itself uses; returns where that part starts. */
export function reserve(kernels: KernelExports, bytes: number): number {
  return placeArrays(kernels, [bytes])[0]!;
}

/** Addresses of arrays of so many float64 each, beyond what the module itself uses. */
export function place(kernels: KernelExports, lengths: readonly number[]): number[] {
  return placeArrays(
    kernels,
    lengths.map((length) => 8 * length),
  );
}
