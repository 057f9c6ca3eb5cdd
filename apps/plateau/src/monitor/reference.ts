import type { FeatureExtractor } from '@plateau/features';
import { concatBatches, sliceBatch, type ImageBatch, type ImageSource } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import {
  extractFeatures,
  referenceFloor,
  scoreFeatures,
  selectRandomRows,
  type Score,
  type ScoreFeaturesOptions,
} from '@plateau/scorecard';
import type { Progress } from '../progress.js';
import type { DiversitySignals } from './collapse-detector.js';
import { diversitySignals, signalMetrics } from './diversity-signals.js';

/** Opens the reference when training begins. */
export type ReferenceImages = () => Promise<ImageSource>;

/** The reference, embedded once for the whole run, and its own values at the number of samples. */
export interface PreparedReference {
  readonly id: string;
  readonly features: Matrix;
  /** The first images, for the report. */
  readonly images: ImageBatch;
  readonly samples: number;
  readonly floor: readonly Score[];
  readonly signals: DiversitySignals;
}

/** How a reference is prepared. */
export interface PrepareOptions extends ScoreFeaturesOptions {
  /** Samples per scoring; default as many as the reference holds, 256 at most. */
  readonly samples?: number;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/**
 * Embeds the reference and measures it against itself.
 * @throws RangeError when it holds fewer than four images: its own halves must be scored
 */
export async function prepareReference(
  source: ImageSource,
  extractor: FeatureExtractor,
  { progress, signal, ...options }: PrepareOptions,
): Promise<PreparedReference> {
  const shown: ImageBatch[] = [];
  let missing = 32;
  progress.start('reference', source.count ?? 0);
  try {
    const features = await extractFeatures(
      tee(source, (batch) => {
        if (missing > 0) shown.push(sliceBatch(batch, 0, Math.min(missing, batch.count)));
        missing -= batch.count;
      }),
      extractor,
      { signal, onImages: (count) => progress.advance(count) },
    );
    if (features.rows < 8) {
      throw new RangeError(
        `the reference ${source.id} holds ${features.rows} images, expected at least 8: each half is scored against the other`,
      );
    }
    const samples = options.samples ?? Math.min(features.rows, 256);
    const metrics = [...new Set([...(options.metrics ?? []), ...signalMetrics])];
    const ownSize = selectRandomRows(features, Math.min(samples, features.rows), options.seed ?? 2020);
    // Every metric is tried now, so that one which refuses so few images does so before the first epoch.
    const own = scoreFeatures(features, ownSize, { ...options, metrics });
    // The halves are smaller than what will be scored: a metric that refuses them has no floor, and that is no error.
    const floor = referenceFloor(features, samples, { ...options, metrics, onRefusal: () => {} });
    const signals = diversitySignals([
      ...own.filter(({ metric }) => metric !== 'recall'),
      ...floor.filter(({ metric }) => metric === 'recall'),
    ]);
    return {
      id: source.id,
      features,
      images: concatBatches(shown),
      samples,
      floor: floor.filter(({ metric }) => options.metrics?.includes(metric) ?? true),
      signals,
    };
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
