import { availableParallelism } from 'node:os';
import { WorkerPool, type ImageBatch } from '@plateau/images';
import { inputPixels, type InputPixelsOptions } from './input-pixels.js';
import type { PrepareJob } from './prepare-worker.js';

/** Images from which on worker threads are worth their start. */
const MANY = 32;

/** More of them have nothing to do: a network takes many times longer than its input. */
const MOST_WORKERS = 4;

/**
 * Prepares images for a network; when there are many, on worker threads, so that the next ones are ready when the network is
 * done with these.
 */
export class Preparer {
  readonly #options: InputPixelsOptions;
  #seen = 0;
  #asked = false;
  #pool: WorkerPool<PrepareJob, Float32Array> | undefined;
  #closed = false;

  /** @param threads `false`: this thread prepares all images. */
  constructor(options: InputPixelsOptions, { threads = true }: { threads?: boolean } = {}) {
    this.#options = options;
    this.#asked = !threads;
  }

  async prepare(batch: ImageBatch): Promise<Float32Array> {
    this.#seen += batch.count;
    if (this.#seen >= MANY && !this.#asked) {
      this.#asked = true;
      void this.#open();
    }
    if (this.#pool === undefined) return inputPixels(batch, this.#options);
    // A slice: a view would drag all images along.
    return this.#pool.run({ batch: { ...batch, data: batch.data.slice() }, ...this.#options });
  }

  close(): void {
    this.#closed = true;
    this.#pool?.close();
  }

  /** Until the workers are there, this thread prepares; where they can't be loaded, it goes on to. */
  async #open(): Promise<void> {
    const count = Math.min(availableParallelism() - 1, MOST_WORKERS);
    if (count < 1) return;
    const script = new URL('./prepare-worker.js', import.meta.url);
    const pool = await WorkerPool.open<PrepareJob, Float32Array>(script, { count });
    if (this.#closed) pool?.close();
    else this.#pool = pool;
  }
}
