import type { DataType, KernelConfig, NamedTensorInfoMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { TfjsCore } from './tfjs-core.js';

/** The methods of tfjs-backend-wasm's `BackendWasm` that a kernel written in JavaScript needs. */
export interface WasmBackend {
  /** Allocates an uninitialised tensor on the WebAssembly heap, which may grow: earlier views of the heap then detach. */
  makeOutput(shape: readonly number[], dtype: DataType): TensorInfo;
  /** Frees a tensor that no one else holds. */
  disposeData(dataId: TensorInfo['dataId']): boolean;
  /** A view of the heap, valid until the next allocation. */
  typedArrayFromHeap(info: TensorInfo): Float32Array | Int32Array | Uint8Array;
}

/** What a kernel function is called with, typed for one kernel. */
export interface KernelCall<Inputs, Attrs> {
  readonly inputs: Inputs;
  readonly attrs: Attrs;
  readonly backend: WasmBackend;
}

/** Calls the kernel that is registered under `name` for backend `wasm` and returns its single output. */
export function runWasmKernel(
  tf: TfjsCore,
  backend: WasmBackend,
  name: string,
  inputs: NamedTensorInfoMap,
  attrs: object,
): TensorInfo {
  return tf.getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs: { ...attrs } }) as TensorInfo;
}

/** Makes the registry's untyped configuration from a typed kernel function. */
export function wasmKernel<Inputs, Attrs>(
  kernelName: string,
  kernel: (call: KernelCall<Inputs, Attrs>) => TensorInfo,
): KernelConfig {
  return { kernelName, backendName: 'wasm', kernelFunc: kernel as unknown as KernelConfig['kernelFunc'] };
}

/** A float32 view of a tensor's values on the heap, valid until the next allocation. */
export function floatsOf(backend: WasmBackend, info: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}
