import type { KernelExports } from './kernel-exports.js';
import { wasmBinary } from './wasm-binary.js';

/**
 * Compiles and instantiates the kernels, synchronously: under 5 kB, which every browser allows on its main thread (Chrome
 * since 114).
 * @returns undefined where WebAssembly or its SIMD instructions are missing
 */
export function instantiateKernels(): KernelExports | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const binary = Uint8Array.from(atob(wasmBinary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as KernelExports;
}
