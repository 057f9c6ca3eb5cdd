import type { FeatureExtractor } from '@plateau/features';
import { concatBatches, sliceBatch, type ImageBatch, type ImageSource } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import { extractFeatures, scoreFeatures, selectRandomRows, type ScoreFeaturesOptions } from '@plateau/scorecard';
import type { Progress } from '../progress.js';
import { ImageSignalMeter, type ImageSignals } from './collapse/image-signals.js';

/** Opens the reference when training begins. */
export type ReferenceImages = () => Promise<ImageSource>;

/** The reference, embedded once for the whole run. */
export interface PreparedReference {
  readonly id: string;
  readonly features: Matrix;
  /** The first images, for the report. */
  readonly images: ImageBatch;
  readonly imageSignals: ImageSignals;
  /** What embedding took for each image. */
  readonly secondsPerImage: number;
}

/** How a reference is prepared. */
export interface PrepareOptions extends ScoreFeaturesOptions {
  /** Samples per scoring, at most. */
  readonly samples: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

const SHOWN = 32;

/**
 * Embeds the reference and tries every metric on it.
 * @throws RangeError when it holds fewer than eight images: its own halves must be scored; or too few for a metric
 */
export async function prepareReference(
  source: ImageSource,
  extractor: FeatureExtractor,
  { progress, signal, samples, ...options }: PrepareOptions,
): Promise<PreparedReference> {
  const shown: ImageBatch[] = [];
  const meter = new ImageSignalMeter();
  let missing = SHOWN;
  const begun = performance.now();
  progress.start('reference', source.count ?? 0);
  try {
    const features = await extractFeatures(
      tee(source, (batch) => {
        if (missing > 0) shown.push(sliceBatch(batch, 0, Math.min(missing, batch.count)));
        missing -= batch.count;
        meter.add(batch);
      }),
      extractor,
      { signal, onImages: (count) => progress.advance(count) },
    );
    if (features.rows < 8) {
      throw new RangeError(
        `the reference ${source.id} holds ${features.rows} images, expected at least 8: each half is scored against the other`,
      );
    }
    const secondsPerImage = (performance.now() - begun) / 1000 / features.rows;
    // Every metric is tried now, so that one which refuses so few images does so before the first epoch.
    scoreFeatures(
      features,
      selectRandomRows(features, Math.min(samples, features.rows), options.seed ?? 2020),
      options,
    );
    return { id: source.id, features, images: concatBatches(shown), imageSignals: meter.signals(), secondsPerImage };
  } finally {
    progress.stop();
  }
}

async function* tee(source: AsyncIterable<ImageBatch>, see: (batch: ImageBatch) => void): AsyncIterable<ImageBatch> {
  for await (const batch of source) {
    see(batch);
    yield batch;
  }
}
