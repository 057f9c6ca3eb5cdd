import { instantiateKernels } from './instantiate.js';
import type { KernelExports } from './kernel-exports.js';
import { tileCount, type TileJob } from './tile-job.js';
import { createRunner } from './create-runner.js';

/** What computes the tiles of a job. */
export interface TileExecutor {
  /** Computes all tiles before it returns. */
  run(job: TileJob): void;
  /** The same values where every thread can read them: worth it for operands of many jobs. */
  share<T extends Float32Array | Float64Array>(data: T): T;
  /** Zeros where every thread can write them. */
  allocate(length: number): Float64Array;
}

let instance: { readonly kernels: KernelExports | undefined } | undefined;

/** This thread's kernels, made on first use. */
export function localKernels(): KernelExports | undefined {
  instance ??= { kernels: instantiateKernels() };
  return instance.kernels;
}

/** All tiles in turn on this thread. */
export const serialExecutor: TileExecutor = {
  run(job) {
    const tiles = tileCount(job);
    const runner = createRunner(localKernels(), job);
    for (let index = 0; index < tiles; index++) runner.run(index);
  },
  share: (data) => data,
  allocate: (length) => new Float64Array(length),
};

let current = serialExecutor;

/** The executor in force. */
export function tileExecutor(): TileExecutor {
  return current;
}

/** Replaces the executor; results are the same bits whatever it is. */
export function setTileExecutor(executor: TileExecutor): void {
  current = executor;
}
