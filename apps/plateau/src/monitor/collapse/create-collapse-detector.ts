import type { ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import type { CollapseState } from '../run-event.js';
import { CollapseDetector } from './collapse-detector.js';
import { resolveCollapseOptions, type CollapseOptions } from './collapse-options.js';
import type { GeneratorSignals } from './generator-signals.js';
import { imageSignals } from './image-signals.js';
import { ReferenceYardstick } from './reference-yardstick.js';

/** What a detector is made from. */
export interface CollapseDetectorOptions extends CollapseOptions {
  /** N×d features of the reference images, N ≥ 8. */
  readonly reference: Matrix;
  /** The reference images: with them blank and blurred samples are told from others. */
  readonly referenceImages?: ImageBatch;
  /** Whether recall and coverage are measured, which have no vote and cost half of the time. Default true. */
  readonly neighbourhoods?: boolean;
  /** Draws the reference's parts. Default 2020. */
  readonly seed?: number;
}

/** What a detector is told of a scored epoch: the samples' features, or signals that were measured elsewhere. */
export type CollapseObservation = {
  readonly epoch: number;
  /** The discriminator's loss, where there is one. */
  readonly discriminatorLoss?: number;
} & (
  | {
      /** m×d features, m ≥ 8, the same m every time. */
      readonly generated: Matrix;
      readonly images?: ImageBatch;
    }
  | { readonly signals: GeneratorSignals }
);

/** A detector that stands by itself, without a monitor. */
export interface StandaloneDetector {
  /** Takes the next scored epoch. @throws RangeError for features of another width or count */
  observe(observation: CollapseObservation): CollapseState;
}

/**
 * A sequential test of whether a generator in training has collapsed, for any training loop: features in, a decision out.
 *
 * A healthy generator is one that keeps more than half of the reference's diversity, however bad it is otherwise. The
 * chance that such a run is ever stopped is at most `alpha`, however long it is and however its epochs depend on each other.
 * NaN in the features is a divergence, no error.
 * @throws RangeError for a reference of fewer than 8 rows and options out of range
 * @example
 * const detector = createCollapseDetector({ reference });
 * const { failed, looks, sentence } = detector.observe({ epoch, generated });
 */
export function createCollapseDetector({
  reference,
  referenceImages,
  neighbourhoods = true,
  seed = 2020,
  ...options
}: CollapseDetectorOptions): StandaloneDetector {
  resolveCollapseOptions(options);
  const yardstick = new ReferenceYardstick(reference, seed);
  const ownImages = referenceImages && imageSignals(referenceImages);
  let running: { readonly n: number; readonly detector: CollapseDetector } | undefined;

  return {
    observe({ epoch, discriminatorLoss, ...observed }) {
      const signals = {
        ...('signals' in observed
          ? observed.signals
          : {
              ...yardstick.measure(observed.generated, neighbourhoods),
              ...(observed.images ? imageSignals(observed.images) : {}),
            }),
        ...(discriminatorLoss === undefined ? {} : { discriminatorLoss }),
      };
      if (!running) {
        const own = yardstick.at(signals.n);
        const detector = new CollapseDetector({ ...own, values: { ...own.values, ...ownImages } }, options);
        running = { n: signals.n, detector };
      }
      if (running.n !== signals.n) {
        throw new RangeError(
          `got ${signals.n} samples after epochs of ${running.n}: diversity depends on the number, give as many`,
        );
      }
      return running.detector.observe(epoch, signals);
    },
  };
}
