import type { KernelExports } from './kernel-exports.js';

const PAGE = 65536;

/** Makes the kernels' memory at least `bytes` long beyond what the module itself uses; returns where that part starts. */
export function reserve(kernels: KernelExports, bytes: number): number {
  const base = Math.ceil(kernels.heapBase.value / 16) * 16;
  const missing = base + bytes - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE));
  return base;
}

/** Addresses of consecutive arrays of so many float64 each, beyond what the module itself uses. */
export function place(kernels: KernelExports, lengths: readonly number[]): number[] {
  let next = reserve(kernels, lengths.reduce((sum, length) => sum + length, 0) * 8);
  return lengths.map((length) => {
    const address = next;
    next += length * 8;
    return address;
  });
}
