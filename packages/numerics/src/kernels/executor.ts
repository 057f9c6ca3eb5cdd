import { instantiateKernels } from './instantiate.js';
import type { KernelExports } from './kernel-exports.js';
import { runTile, tileCount, type TileJob } from './tile.js';

/** Computes all tiles of a job before it returns. */
export type TileExecutor = (job: TileJob) => void;

let instance: { readonly kernels: KernelExports | undefined } | undefined;

/** This thread's kernels, made on first use. */
export function localKernels(): KernelExports | undefined {
  instance ??= { kernels: instantiateKernels() };
  return instance.kernels;
}

/** The executor of one thread: all tiles in turn. */
export const serialExecutor: TileExecutor = (job) => {
  const tiles = tileCount(job);
  for (let index = 0; index < tiles; index++) runTile(localKernels(), job, index);
};

let executor = serialExecutor;

/** Replaces what computes the tiles; the results are the same bits whatever it is. */
export function setTileExecutor(replacement: TileExecutor): void {
  executor = replacement;
}

/** Runs a job on the executor in force. */
export function runJob(job: TileJob): void {
  executor(job);
}
