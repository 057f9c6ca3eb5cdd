import type { KernelExports } from './kernel-exports.js';

const PAGE = 65536;

/** Makes the kernels' memory at least `bytes` long beyond what the module itself uses; returns where that part starts. */
export function reserve(kernels: KernelExports, bytes: number): number {
  const base = Math.ceil(kernels.heapBase.value / 16) * 16;
  const missing = base + bytes - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / PAGE));
  return base;
}
