import type { BatchMatMulAttrs, KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { withScratch, type Scratch } from '../heap/scratch.js';
import { transposeMatrix } from '../heap/transpose-matrix.js';
import { floatsOf, wasmKernel, type KernelCall, type WasmBackend } from '../wasm-backend.js';

/** The two matrices, or stacks of matrices, to multiply. */
interface Operands {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

/**
 * BatchMatMul: transposed operands of a single product are transposed on the heap first.
 *
 * tfjs-backend-wasm multiplies with XNNPACK only where neither operand is transposed and falls back to a plain loop
 * otherwise, which the gradient of every dense layer runs into. Batches of several matrices stay with `original`.
 */
export function batchMatMul(original: KernelConfig): KernelConfig {
  const fast = wasmKernel<Operands, BatchMatMulAttrs>('BatchMatMul', (call) => {
    const { a, b } = call.inputs;
    const { transposeA, transposeB } = call.attrs;
    const single = isSingleMatrix(a) && isSingleMatrix(b) && a.dtype === 'float32' && b.dtype === 'float32';
    if (!single || !(transposeA || transposeB)) return run(original, call);
    return withScratch(call.backend, (scratch) => {
      const inputs = {
        a: transposeA ? transposed(call.backend, scratch, a) : a,
        b: transposeB ? transposed(call.backend, scratch, b) : b,
      };
      return run(original, { ...call, inputs, attrs: { transposeA: false, transposeB: false } });
    });
  });
  return { ...original, kernelFunc: fast.kernelFunc };
}

function run(original: KernelConfig, call: KernelCall<Operands, BatchMatMulAttrs>): TensorInfo {
  return original.kernelFunc({ ...call, inputs: { ...call.inputs }, attrs: { ...call.attrs } }) as TensorInfo;
}

function isSingleMatrix(info: TensorInfo): boolean {
  return info.shape.slice(0, -2).every((size) => size === 1);
}

function transposed(backend: WasmBackend, scratch: Scratch, matrix: TensorInfo): TensorInfo {
  const [rows, cols] = matrix.shape.slice(-2) as [number, number];
  const result = scratch.allocate([...matrix.shape.slice(0, -2), cols, rows]);
  transposeMatrix(floatsOf(backend, matrix), floatsOf(backend, result), { rows, cols });
  return result;
}
