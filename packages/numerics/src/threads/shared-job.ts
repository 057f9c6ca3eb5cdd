import { tileCount, type TileJob } from '../kernels/tile-job.js';
import { createRunner } from '../kernels/create-runner.js';
import type { KernelExports } from '../kernels/kernel-exports.js';

/** A job whose operands and result lie in shared memory, with the tally of its tiles. */
export interface SharedJob {
  readonly job: TileJob;
  /** `NEXT`, `DONE` and `FAILED`. */
  readonly tally: Int32Array;
}

/** The first tile that nobody took. */
export const NEXT = 0;
/** Tiles that are finished. */
export const DONE = 1;
/** 1 when a tile could not be computed. */
export const FAILED = 2;
export const TALLY_LENGTH = 3;

/** Takes tiles until none is left; says so to whoever waits for the last one. */
export function workOn({ job, tally }: SharedJob, kernels: KernelExports | undefined): void {
  const tiles = tileCount(job);
  const runner = createRunner(kernels, job);
  for (;;) {
    const index = Atomics.add(tally, NEXT, 1);
    if (index >= tiles) return;
    try {
      runner.run(index);
    } catch (error) {
      Atomics.store(tally, FAILED, 1);
      throw error;
    } finally {
      if (Atomics.add(tally, DONE, 1) + 1 === tiles) Atomics.notify(tally, DONE);
    }
  }
}
