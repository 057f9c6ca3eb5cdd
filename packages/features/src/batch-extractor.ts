import { checkBatch, checkSamples, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import type { Engine } from './engines/engine.js';
import type { FeatureExtractor } from './feature-extractor.js';
import type { InputNode } from './network/network.js';
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
    this.#preparer = new Preparer({ preparation, input: options.input, layout: engine.layout });
    this.#batchSize = batchSize;
  }

  async extract(batch: ImageBatch): Promise<Matrix> {
    this.#assertOpen();
    // A ReLU turns NaN into 0, so a bad pixel would leave no trace in the features.
    const images = checkSamples(checkBatch(batch), this.id);
    this.#extracting++;
    try {
      const data = new Float32Array(batch.count * this.dimension);
      let next = this.#prepare(images, 0);
      for (let start = 0; start < batch.count; start += this.#batchSize) {
        const pixels = await next;
        // While the engine runs, worker threads prepare the images after these.
        next = this.#prepare(images, start + this.#batchSize);
        const features = await this.#run(pixels, Math.min(this.#batchSize, batch.count - start));
        this.#preparer.reuse(pixels);
        this.#assertOpen();
        checkFinite(features, { dimension: this.dimension, firstRow: start });
        data.set(features, start * this.dimension);
      }
      return { data, rows: batch.count, cols: this.dimension };
    } finally {
      this.#extracting--;
      this.#disposeWhenIdle();
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#disposeWhenIdle();
  }

  #prepare(images: ImageBatch, start: number): Promise<Float32Array> {
    const pixels =
      start < images.count
        ? this.#preparer.prepare(sliceBatch(images, start, start + this.#batchSize))
        : Promise.resolve(new Float32Array());
    // Told when its turn comes; until then nobody waits for it.
    pixels.catch(() => {});
    return pixels;
  }

  #run(pixels: Float32Array, count: number): Promise<Float32Array> {
    const run = this.#running.then(() => this.#engine.run(pixels, { count }));
    this.#running = run.catch(() => {});
    return run;
  }

  /** An engine must not be freed under an extraction that still runs on it. */
  #disposeWhenIdle(): void {
    if (!this.#disposed || this.#extracting > 0) return;
    this.#engine.dispose();
    this.#preparer.close();
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
