import type * as tfjs from '@tensorflow/tfjs';
import type { FeatureExtractor, WeightsSource } from '@plateau/features';
import type { ImageBatch, ImageSource, TensorLike, ValueRange } from '@plateau/images';
import type { MetricOptions } from '@plateau/scorecard';
import type { CollapseOptions } from './collapse-detector.js';
import type { Generate, GeneratorModel } from './sampler.js';

/** How a run is watched. Give `generate`, or `generator` and `latentDim`. */
export interface MonitorOptions {
  /** Draws samples; for generators that take more than a latent vector. */
  readonly generate?: Generate;
  /** A model from latents [n, latentDim] to images. */
  readonly generator?: GeneratorModel;
  readonly latentDim?: number;
  /** The tfjs that the generator belongs to; without it, the `@tensorflow/tfjs` that plateau finds. */
  readonly tf?: typeof tfjs;
  /** The values that black and white have in the generator's output, and in a reference tensor. Default [-1, 1]. */
  readonly range?: ValueRange;
  /** Images that the generator was not trained on: a folder, `foam:…`, a source, a batch or a tensor. */
  readonly reference: string | ImageSource | ImageBatch | TensorLike;
  /** Samples per scoring. Default: as many as there are reference images, 256 at most. */
  readonly samples?: number;
  /** Scores every so many epochs: with 5, after epochs 4, 9, 14, … Default 1. */
  readonly every?: number;
  /** Ids of metrics. Default: fid, kid, precision, recall, density, coverage, vendi. */
  readonly metrics?: readonly string[];
  /** Settings by metric: `{ kid: { subsetSize: 50 } }`. */
  readonly metricOptions?: Readonly<Record<string, MetricOptions>>;
  /** What makes features: an extractor, or the name of its weights. Default `bundled`. */
  readonly extractor?: WeightsSource | FeatureExtractor;
  /** Draws latents, subsets and splits. Default 2020. */
  readonly seed?: number;
  /** Folder for metrics.jsonl, the best checkpoint and report.html. Nothing is written without it. */
  readonly out?: string;
  /** The report's heading. */
  readonly title?: string;
  /** The best checkpoint: which metric decides (default kid) and how the model is saved (default: the generator). */
  readonly checkpoint?: false | { readonly metric?: string; readonly save?: (directory: string) => Promise<void> };
  /** When the run counts as collapsed and is stopped; false never stops it. */
  readonly collapse?: false | CollapseOptions;
  /** Takes the table's lines. Default: standard output; false prints nothing. */
  readonly print?: false | ((line: string) => void);
  /** Shows progress on stderr. Default true. */
  readonly progress?: boolean;
  /** Ends a scoring early, as Ctrl-C does in the demo. */
  readonly signal?: AbortSignal;
}
