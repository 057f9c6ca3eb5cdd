import type { KernelExports } from './kernel-exports.js';
import { wasmBinary } from './wasm-binary.js';

/**
 * Compiles and instantiates the kernels, synchronously: the module is under 4 kB, the size up to which every browser
 * allows that on its main thread.
 * @returns undefined where WebAssembly or its SIMD instructions are missing
 */
export function instantiateKernels(): KernelExports | undefined {
  if (typeof WebAssembly === 'undefined') return undefined;
  const binary = Uint8Array.from(atob(wasmBinary), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(binary)) return undefined;
  return new WebAssembly.Instance(new WebAssembly.Module(binary)).exports as unknown as KernelExports;
}
