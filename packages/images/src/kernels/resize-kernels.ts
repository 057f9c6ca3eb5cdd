import { instantiateWasm, type WasmModule } from '@plateau/numerics/wasm';
import { wasmBinary } from './wasm-binary.js';

/** What the module of packages/images/assembly exports. Pointers are bytes of its memory. */
export interface ResizeKernels extends WasmModule {
  resizeRows(
    input: number,
    rows: number,
    inputWidth: number,
    channels: number,
    output: number,
    outputWidth: number,
    first: number,
    length: number,
    weights: number,
    stride: number,
    pair: number,
  ): void;
  resizeColumns(
    input: number,
    rowLength: number,
    output: number,
    outputHeight: number,
    first: number,
    length: number,
    weights: number,
    stride: number,
  ): void;
}

let instance: { readonly kernels: ResizeKernels | undefined } | undefined;

// The module's memory grows to what the largest image needs and stays so.
const MOST_BYTES = 2 ** 26;

/**
 * This thread's kernels for a resize that needs so many bytes, compiled on first use.
 * @returns undefined for more than 64 MiB, and where WebAssembly or its SIMD instructions are missing
 */
export function resizeKernels(bytes: number): ResizeKernels | undefined {
  if (bytes > MOST_BYTES) return undefined;
  instance ??= { kernels: instantiateWasm(wasmBinary) };
  return instance.kernels;
}
