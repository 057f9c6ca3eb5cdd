import { availableParallelism } from 'node:os';
import { prepareFile, type FileJob } from './prepare-file.js';
import type { ImageBatch } from './image-batch.js';
import { WorkerPool } from './worker-pool.js';

/** Files from which on worker threads are worth their start. */
const MANY = 64;

/** Images that are decoded ahead of the one that is waited for, by worker: bounds memory. */
const AHEAD = 8;

/**
 * Decodes files on all cores, in their order; one that can't be decoded is the error that says why.
 * @param options.script of the workers; where it can't be loaded, this thread decodes
 */
export async function* decodeFiles(
  jobs: readonly FileJob[],
  { script = new URL('./decode-worker.js', import.meta.url) }: { script?: URL } = {},
): AsyncGenerator<ImageBatch | Error> {
  const count = availableParallelism();
  const pool =
    jobs.length < MANY || count < 2 ? undefined : await WorkerPool.open<FileJob, ImageBatch>(script, { count });
  const decode = async (job: FileJob): Promise<ImageBatch | Error> => {
    try {
      return await (pool ? pool.run(job) : prepareFile(job));
    } catch (error) {
      return error as Error;
    }
  };
  const ahead: Promise<ImageBatch | Error>[] = [];
  try {
    for (const job of jobs) {
      ahead.push(decode(job));
      if (ahead.length > (pool ? AHEAD * count : 0)) yield await ahead.shift()!;
    }
    while (ahead.length > 0) yield await ahead.shift()!;
  } finally {
    pool?.close();
  }
}
