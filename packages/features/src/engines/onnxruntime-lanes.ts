import { availableParallelism } from 'node:os';
import { WorkerPool, type ImageBatch } from '@plateau/images';
import type { InputPixelsOptions } from '../prepare/input-pixels.js';

/** A network for onnxruntime. */
export interface LaneModel {
  /** The bytes of an ONNX file. */
  readonly bytes: SharedArrayBuffer;
  /** Names of its input and output. */
  readonly input: string;
  readonly output: string;
}

/** Images to embed, and how they are prepared. */
export interface LaneJob extends InputPixelsOptions {
  readonly batch: ImageBatch;
}

/** Worker threads that embed one batch each at a time. */
export type Lanes = WorkerPool<LaneJob, Float32Array>;

const COUNT = 2;

/**
 * Opens the network in two worker threads with half of the cores each. Beside a network that has all cores to itself, threads
 * that decode images hold it up twice: while one of its threads waits for a core, the others wait for that thread.
 * @param options.script of the threads
 * @returns undefined on a single core, or where the threads can't be loaded
 */
export async function openLanes(
  open: () => LaneModel,
  { script = new URL('./onnxruntime-lane.js', import.meta.url) }: { script?: URL } = {},
): Promise<Lanes | undefined> {
  const threads = Math.floor(availableParallelism() / COUNT);
  if (threads < 1) return undefined;
  return WorkerPool.open(script, { count: COUNT, workerData: { model: open(), threads } });
}
