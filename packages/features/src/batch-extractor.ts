import { checkBatch, checkSamples, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import type { Engine } from './engines/engine.js';
import type { FeatureExtractor } from './feature-extractor.js';
import type { InputNode } from './network/network.js';
import type { Lanes } from './engines/onnxruntime-lanes.js';
import type { InputPixelsOptions } from './prepare/input-pixels.js';
import { Preparer } from './prepare/preparer.js';
import { describePreparation, type Preparation } from './prepare/prepare-images.js';

/** What an engine computes, and how images get there. */
export interface BatchExtractorOptions {
  readonly id: string;
  readonly layer: string;
  readonly dimension: number;
  readonly weightsSha256: string;
  readonly input: Pick<InputNode, 'height' | 'width' | 'scaling'>;
  readonly engine: Engine;
  /** @default clean-fid's resize */
  readonly preparation?: Preparation;
  /** @default what the engine likes */
  readonly batchSize?: number;
}

/** Images from which on the engine's own threads are worth their start. */
const MANY = 64;

/** An engine as a {@link FeatureExtractor}: prepares, scales, runs a few images at a time, checks what comes out. */
export class BatchExtractor implements FeatureExtractor {
  readonly id: string;
  readonly layer: string;
  readonly dimension: number;
  readonly weightsSha256: string;
  readonly resize: string;
  readonly engine: string;
  readonly #engine: Engine;
  readonly #preparer: Preparer;
  readonly #pixels: InputPixelsOptions;
  #lanes: Lanes | undefined;
  #seen = 0;
  #askedForLanes = false;
  /** Batches on this thread's engine. */
  #onThread = 0;
  #engineFreed = false;
  readonly #batchSize: number;
  #disposed = false;
  #extracting = 0;
  /** The last run: engines run one at a time. */
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: BatchExtractorOptions) {
    const { engine, preparation = { resize: 'clean' }, batchSize = engine.batchSize } = options;
    this.id = options.id;
    this.layer = options.layer;
    this.dimension = options.dimension;
    this.weightsSha256 = options.weightsSha256;
    this.resize = describePreparation(preparation);
    this.engine = engine.name;
    this.#engine = engine;
    this.#pixels = { preparation, input: options.input, layout: engine.layout };
    this.#preparer = new Preparer(this.#pixels, { threads: engine.openLanes === undefined });
    this.#batchSize = batchSize;
  }

  async extract(batch: ImageBatch): Promise<Matrix> {
    this.#assertOpen();
    // A ReLU turns NaN into 0, so a bad pixel would leave no trace in the features.
    const images = checkSamples(checkBatch(batch), this.id);
    this.#extracting++;
    const ahead: Promise<Float32Array>[] = [];
    try {
      const data = new Float32Array(batch.count * this.dimension);
      for (let start = 0; start < batch.count; start += this.#batchSize) {
        // While the engine runs on some images, the next ones are prepared, or run beside them.
        for (let next = start + ahead.length * this.#batchSize; ahead.length < 2 && next < batch.count;) {
          ahead.push(this.#embed(sliceBatch(images, next, next + this.#batchSize)));
          next += this.#batchSize;
        }
        const features = await ahead.shift()!;
        this.#assertOpen();
        checkFinite(features, { dimension: this.dimension, firstRow: start });
        data.set(features, start * this.dimension);
      }
      return { data, rows: batch.count, cols: this.dimension };
    } finally {
      await Promise.allSettled(ahead);
      this.#extracting--;
      this.#disposeWhenIdle();
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#disposeWhenIdle();
  }

  #embed(batch: ImageBatch): Promise<Float32Array> {
    this.#seen += batch.count;
    if (this.#seen >= MANY && !this.#askedForLanes) {
      this.#askedForLanes = true;
      void this.#openLanes();
    }
    // A slice: a view would drag all images along.
    const features = this.#lanes
      ? this.#lanes.run({ batch: { ...batch, data: batch.data.slice() }, ...this.#pixels })
      : this.#run(batch);
    // Told when its turn comes; until then nobody waits for it.
    features.catch(() => {});
    return features;
  }

  /** Until the lanes are there, the engine runs on this thread; where they can't be opened, it goes on to. */
  async #openLanes(): Promise<void> {
    const lanes = await this.#engine.openLanes?.();
    if (this.#disposed) lanes?.close();
    else this.#lanes = lanes;
    this.#freeIdleEngine();
  }

  async #run(batch: ImageBatch): Promise<Float32Array> {
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

  /** An engine must not be freed under an extraction that still runs on it. */
  #disposeWhenIdle(): void {
    if (!this.#disposed || this.#extracting > 0) return;
    this.#freeEngine();
    this.#preparer.close();
    this.#lanes?.close();
  }

  #assertOpen(): void {
    if (this.#disposed) throw new Error(`extractor ${this.id} was disposed: open another one with openExtractor`);
  }
}

function checkFinite(features: Float32Array, options: { dimension: number; firstRow: number }): void {
  const bad = features.findIndex((value) => !Number.isFinite(value));
  if (bad < 0) return;
  const row = options.firstRow + Math.floor(bad / options.dimension);
  throw new RangeError(
    `features of image ${row} of the batch hold ${features[bad]}, expected finite numbers: the weights may be damaged`,
  );
}
