import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { WasmBackend } from '../wasm-backend.js';

/** Tensors on the WebAssembly heap that live no longer than one kernel call. */
export class Scratch {
  readonly #backend: WasmBackend;
  readonly #owned: TensorInfo[] = [];

  constructor(backend: WasmBackend) {
    this.#backend = backend;
  }

  /** Allocates an uninitialised float32 tensor. */
  allocate(shape: readonly number[]): TensorInfo {
    return this.adopt(this.#backend.makeOutput(shape, 'float32'));
  }

  /** Takes over a tensor that another kernel returned. */
  adopt(info: TensorInfo): TensorInfo {
    this.#owned.push(info);
    return info;
  }

  release(): void {
    for (const info of this.#owned) this.#backend.disposeData(info.dataId);
    this.#owned.length = 0;
  }
}

/** Runs `body` and frees its scratch tensors, also when it throws. */
export function withScratch<T>(backend: WasmBackend, body: (scratch: Scratch) => T): T {
  const scratch = new Scratch(backend);
  try {
    return body(scratch);
  } finally {
    scratch.release();
  }
}
