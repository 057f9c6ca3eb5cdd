import type { ImageBatch } from '@plateau/images';
import type { Engine } from './engines/engine.js';
import type { Lanes } from './engines/onnxruntime-lanes.js';
import type { InputPixelsOptions } from './prepare/input-pixels.js';
import { Preparer } from './prepare/preparer.js';

/** Images from which on the engine's own threads are worth their start. */
const MANY = 64;

/**
 * Prepares batches of images and runs an engine on them: one after the other on this thread, and once there have been many
 * images, in the engine's lanes where it has some.
 */
export class BatchRunner {
  readonly #engine: Engine;
  readonly #pixels: InputPixelsOptions;
  readonly #preparer: Preparer;
  #seen = 0;
  #askedForLanes = false;
  #lanes: Lanes | undefined;
  /** Batches that this thread's engine has yet to do. */
  #onThread = 0;
  /** The last of them: engines run one at a time. */
  #running: Promise<unknown> = Promise.resolve();
  #engineFreed = false;
  #disposed = false;

  constructor(engine: Engine, pixels: Omit<InputPixelsOptions, 'layout'>) {
    this.#engine = engine;
    this.#pixels = { ...pixels, layout: engine.layout };
    this.#preparer = new Preparer(this.#pixels, { threads: engine.openLanes === undefined });
  }

  /** Features of a batch, row after row. */
  run(batch: ImageBatch): Promise<Float32Array> {
    this.#seen += batch.count;
    if (this.#seen >= MANY && !this.#askedForLanes) {
      this.#askedForLanes = true;
      // Without lanes, as when memory doesn't suffice, this thread goes on.
      this.#openLanes().catch(() => {});
    }
    if (!this.#lanes) return this.#runOnThread(batch);
    // A slice: a view would drag all images along.
    return this.#lanes.run({ batch: { ...batch, data: batch.data.slice() }, ...this.#pixels });
  }

  /** Frees the network; nothing may be running. */
  dispose(): void {
    this.#disposed = true;
    this.#freeEngine();
    this.#preparer.close();
    this.#lanes?.close();
  }

  async #openLanes(): Promise<void> {
    const lanes = await this.#engine.openLanes?.();
    if (this.#disposed) lanes?.close();
    else this.#lanes = lanes;
    this.#freeIdleEngine();
  }

  async #runOnThread(batch: ImageBatch): Promise<Float32Array> {
    this.#onThread++;
    try {
      const pixels = await this.#preparer.prepare(batch);
      const run = this.#running.then(() => this.#engine.run(pixels, { count: batch.count }));
      this.#running = run.catch(() => {});
      return await run;
    } finally {
      this.#onThread--;
      this.#freeIdleEngine();
    }
  }

  /** Once the lanes are there, the weights need not lie in memory a third time. */
  #freeIdleEngine(): void {
    if (this.#lanes && this.#onThread === 0) this.#freeEngine();
  }

  #freeEngine(): void {
    if (this.#engineFreed) return;
    this.#engineFreed = true;
    this.#engine.dispose();
  }
}
