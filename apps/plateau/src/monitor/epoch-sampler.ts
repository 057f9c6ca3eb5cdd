import type { ImageBatch } from '@plateau/images';
import { SampleError, type Sampler } from './sampler.js';
import { TimeoutError, withTimeout } from './with-timeout.js';

/** What became of drawing an epoch's samples. */
export type Drawn =
  | { readonly images: ImageBatch }
  | { readonly diverged: string }
  /** The generator failed or hung. */
  | { readonly failed: Error };

/** Draws an epoch's samples from a generator that may throw, hang or return NaN. */
export class EpochSampler {
  readonly #sample: Sampler;
  readonly #seconds: number;
  #hanging = false;

  /** @param seconds that drawing may take */
  constructor(sample: Sampler, seconds: number) {
    this.#sample = sample;
    this.#seconds = seconds;
  }

  async draw(count: number, epoch: number): Promise<Drawn> {
    if (this.#hanging)
      return { failed: new TimeoutError('the generator has still not returned the samples of an earlier epoch') };
    const work = this.#sample(count, epoch);
    this.#hanging = true;
    const back = (): void => {
      this.#hanging = false;
    };
    work.then(back, back);
    try {
      return { images: await withTimeout(work, this.#seconds, 'drawing samples') };
    } catch (error) {
      if (error instanceof SampleError && error.diverged) return { diverged: error.message };
      return { failed: error instanceof Error ? error : new Error(String(error)) };
    }
  }
}
