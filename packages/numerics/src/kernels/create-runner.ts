import type { KernelExports } from './kernel-exports.js';
import { SingleTileRunner } from './single-tile-runner.js';
import type { TileJob } from './tile-job.js';
import { DoubleTileRunner, type TileRunner } from './tile-runner.js';

/** What computes the tiles of a job on this thread. Without WebAssembly approximations are as dear as exact products. */
export function createRunner(kernels: KernelExports | undefined, job: TileJob): TileRunner {
  const { squaredNorms, singleScale } = job;
  return kernels && squaredNorms && singleScale !== undefined
    ? new SingleTileRunner(kernels, job, squaredNorms, singleScale)
    : new DoubleTileRunner(kernels, job);
}
