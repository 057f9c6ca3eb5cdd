import { instantiateWasm } from '../wasm/index.js';
import type { KernelExports } from './kernel-exports.js';
import { wasmBinary } from './wasm-binary.js';

/** The kernels of this thread; undefined where WebAssembly or its SIMD instructions are missing. */
export function instantiateKernels(): KernelExports | undefined {
  return instantiateWasm(wasmBinary);
}
