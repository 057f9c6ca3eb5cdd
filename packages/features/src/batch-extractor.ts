import { checkBatch, checkSamples, sliceBatch, type ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import { BatchRunner } from './batch-runner.js';
import type { Engine } from './engines/engine.js';
import type { FeatureExtractor } from './feature-extractor.js';
import type { InputNode } from './network/network.js';
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

/** Batches under way at once: while the engine runs on one, the next is prepared, or runs beside it. */
const AT_ONCE = 2;

/** An engine as a {@link FeatureExtractor}: prepares, scales, runs a few images at a time, checks what comes out. */
export class BatchExtractor implements FeatureExtractor {
  readonly id: string;
  readonly layer: string;
  readonly dimension: number;
  readonly weightsSha256: string;
  readonly resize: string;
  readonly engine: string;
  readonly #runner: BatchRunner;
  readonly #batchSize: number;
  #disposed = false;
  #extracting = 0;

  constructor(options: BatchExtractorOptions) {
    const { engine, preparation = { resize: 'clean' }, batchSize = engine.batchSize } = options;
    this.id = options.id;
    this.layer = options.layer;
    this.dimension = options.dimension;
    this.weightsSha256 = options.weightsSha256;
    this.resize = describePreparation(preparation);
    this.engine = engine.name;
    this.#runner = new BatchRunner(engine, { preparation, input: options.input });
    this.#batchSize = batchSize;
  }

  async extract(batch: ImageBatch): Promise<Matrix> {
    this.#assertOpen();
    // A ReLU turns NaN into 0, so a bad pixel would leave no trace in the features.
    const images = checkSamples(checkBatch(batch), this.id);
    this.#extracting++;
    const ahead: Promise<Float32Array>[] = [];
    let next = 0;
    try {
      const data = new Float32Array(batch.count * this.dimension);
      for (let start = 0; start < batch.count; start += this.#batchSize) {
        for (; ahead.length < AT_ONCE && next < batch.count; next += this.#batchSize) {
          const features = this.#runner.run(sliceBatch(images, next, next + this.#batchSize));
          // Told when its turn comes; until then nobody waits for it.
          features.catch(() => {});
          ahead.push(features);
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

  /** An engine must not be freed under an extraction that still runs on it. */
  #disposeWhenIdle(): void {
    if (this.#disposed && this.#extracting === 0) this.#runner.dispose();
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
