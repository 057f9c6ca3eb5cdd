/// <reference types="node" />
import { availableParallelism } from 'node:os';
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads';
import { localKernels, serialExecutor, setTileExecutor, type TileExecutor } from '../kernels/executor.js';
import { tileCount, type TileJob } from '../kernels/tile-job.js';
import { DONE, FAILED, TALLY_LENGTH, workOn } from './shared-job.js';

/** Settings of `startThreads`. */
export interface ThreadOptions {
  /** Threads that compute, the calling one included; default the machine's. */
  readonly threads?: number;
}

/** Running threads. */
export interface Threads {
  readonly threads: number;
  /** Ends them; the kernels run on the calling thread again. */
  stop(): Promise<void>;
}

/** Multiplications below which a job is done before another thread has heard of it. */
const SMALLEST_JOB = 2e7;

/**
 * Lets worker threads of Node share the products and distances of `@plateau/numerics`. Call it once, at the start of a
 * program; functions stay synchronous, and results stay the same bits.
 *
 * The threads sleep between jobs and do not keep the process alive. While a job runs the calling thread computes too. A
 * program whose worker files cannot be loaded goes on alone.
 * @throws RangeError when threads is not a positive integer
 * @example
 * const { stop } = startThreads();
 * frechetDistance(reference, generated);
 * await stop();
 */
export function startThreads(options: ThreadOptions = {}): Threads {
  const { threads = availableParallelism() } = options;
  if (!Number.isInteger(threads) || threads < 1) {
    throw new RangeError(`threads must be a positive integer, got ${threads}`);
  }
  const bell = new Int32Array(new SharedArrayBuffer(4));
  const helpers = Array.from({ length: threads - 1 }, () => startHelper(bell));
  setTileExecutor(sharingExecutor(helpers, bell));
  return {
    threads,
    async stop() {
      setTileExecutor(serialExecutor);
      await Promise.all(helpers.map(({ worker }) => worker.terminate()));
    },
  };
}

interface Helper {
  readonly worker: Worker;
  readonly port: MessagePort;
}

function startHelper(bell: Int32Array): Helper {
  const { port1, port2 } = new MessageChannel();
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./tile-worker.${extension}`, import.meta.url), {
    workerData: { port: port2, bell },
    transferList: [port2],
  });
  // A helper that cannot start takes no tile, so nothing waits for it.
  worker.on('error', () => undefined);
  worker.unref();
  port1.unref();
  return { worker, port: port1 };
}

function sharingExecutor(helpers: readonly Helper[], bell: Int32Array): TileExecutor {
  return {
    run(job) {
      const tiles = tileCount(job);
      if (tiles < 2 || job.a.count * job.b.count * job.depth < SMALLEST_JOB) return serialExecutor.run(job);
      const shared = shareJob(job);
      const tally = new Int32Array(new SharedArrayBuffer(TALLY_LENGTH * 4));
      for (const { port } of helpers) port.postMessage({ job: shared, tally });
      Atomics.add(bell, 0, 1);
      Atomics.notify(bell, 0);
      workOn({ job: shared, tally }, localKernels());
      for (let done = Atomics.load(tally, DONE); done < tiles; done = Atomics.load(tally, DONE)) {
        Atomics.wait(tally, DONE, done);
      }
      if (Atomics.load(tally, FAILED) === 1) throw new Error('a worker thread could not compute its part of a product');
      if (shared.out.data !== job.out.data) job.out.data.set(shared.out.data);
    },
    share: toShared,
    allocate: (length) => new Float64Array(new SharedArrayBuffer(length * 8)),
  };
}

function shareJob(job: TileJob): TileJob {
  const dataA = toShared(job.a.data);
  const dataB = job.b.data === job.a.data ? dataA : toShared(job.b.data);
  return {
    ...job,
    a: { ...job.a, data: dataA },
    b: { ...job.b, data: dataB },
    out: { ...job.out, data: toShared(job.out.data) },
  };
}

/** The array itself where it is shared already, else a copy. */
function toShared<T extends Float32Array | Float64Array>(data: T): T {
  if (data.buffer instanceof SharedArrayBuffer) return data;
  const buffer = new SharedArrayBuffer(data.byteLength);
  const copy = data instanceof Float32Array ? new Float32Array(buffer) : new Float64Array(buffer);
  copy.set(data);
  return copy as T;
}
