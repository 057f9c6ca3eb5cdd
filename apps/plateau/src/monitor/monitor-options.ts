import type * as tfjs from '@tensorflow/tfjs';
import type { ExtractorOptions, FeatureExtractor } from '@plateau/features';
import type { ImageBatch, ImageSource, TensorLike, ValueRange } from '@plateau/images';
import type { MetricOptions } from '@plateau/scorecard';
import type { CellsOptions } from './cells-probe.js';
import type { CollapseOptions } from './collapse/collapse-options.js';
import type { EarlyStoppingOptions } from './early-stopping.js';
import type { DashboardSinkOptions } from '../sinks/dashboard-sink.js';
import type { MonitorSink } from './run-event.js';
import type { Generate, GeneratorModel } from './sampler.js';

/** Which checkpoints are kept, and how. */
export interface CheckpointOptions {
  /** The metric that ranks them. Default kid, or else the first one scored. */
  readonly metric?: string;
  /** How many. Default 1. */
  readonly keep?: number;
  /** Writes the model into a folder. Default: the generator, as tfjs saves a LayersModel. */
  readonly save?: (directory: string) => Promise<void>;
  /** Loads what `save` has written, for `restoreBest`. Default: into the generator. */
  readonly restore?: (directory: string) => Promise<void>;
}

/** How a run is watched. Give `generate`, or `generator` and `latentDim`. */
export interface MonitorOptions {
  /** Draws samples; for generators that take more than a latent vector. */
  readonly generate?: Generate;
  /** A model from latents [n, latentDim] to images. */
  readonly generator?: GeneratorModel;
  /** The average of the generator's weights over training, where the trainer keeps one: it is scored and saved instead. */
  readonly averaged?: GeneratorModel;
  readonly latentDim?: number;
  /** The tfjs that the generator belongs to; without it, the `@tensorflow/tfjs` that plateau finds. */
  readonly tf?: typeof tfjs;
  /** The values that black and white have in the generator's output, and in a reference tensor. Default [-1, 1]. */
  readonly range?: ValueRange;
  /** Images that the generator was not trained on: a folder, `foam:…`, a source, a batch or a tensor. */
  readonly reference: string | ImageSource | ImageBatch | TensorLike;
  /** Samples per scoring. Default: as many as there are reference images, 256 at most, fewer where the budget asks for it. */
  readonly samples?: number;
  /** Scores every so many epochs: with 5, after epochs 4, 9, 14, … Default: as the budget allows. */
  readonly every?: number;
  /**
   * The most that scoring may cost, as a share of the training time: epochs are left out to keep it. Default 0.1 beyond the
   * first minute of scoring, which is free; false scores every epoch. Not together with `every`.
   */
  readonly budget?: number | false;
  /**
   * Scores while training goes on: `epochEnd` only draws the samples and saves the model, and its report is that of
   * earlier epochs. An epoch that ends while another is being scored is skipped. Default false.
   */
  readonly background?: boolean;
  /** Ids of metrics. Default: fid, kid, precision, recall, density, coverage, vendi. */
  readonly metrics?: readonly string[];
  /** Metrics that are scored only every so many scored epochs. Default: none. */
  readonly dear?: { readonly metrics: readonly string[]; readonly every: number };
  /** Measures the cells of the samples every few scored epochs, and compares them with the reference's. Default false. */
  readonly cells?: boolean | CellsOptions;
  /** Settings by metric: `{ kid: { subsetSize: 50 } }`. */
  readonly metricOptions?: Readonly<Record<string, MetricOptions>>;
  /**
   * What makes features: the name of weights, such as `bundled` or `fid`; settings for `openExtractor` of
   * `@plateau/features`, such as a layer or a crop; or an extractor, which stays the caller's. Default `bundled`.
   */
  readonly extractor?: string | ExtractorOptions | FeatureExtractor;
  /** Draws latents, subsets and splits. Default 2020. */
  readonly seed?: number;
  /** Folder for metrics.jsonl, contact sheets, checkpoints and report.html. Nothing is written without it. */
  readonly out?: string;
  /** The report's heading. */
  readonly title?: string;
  /**
   * Goes on with the run in `out`, after a kill or a pause: its log stays, and the decisions are those of one whole run.
   * Epochs that are scored again replace what the log has of them. Default false: an earlier run is put aside.
   */
  readonly resume?: boolean;
  readonly checkpoint?: false | CheckpointOptions;
  /** Ends a run that no longer gets better. Default false. */
  readonly earlyStopping?: false | EarlyStoppingOptions;
  /** When the run counts as failed and is stopped; false never stops it. */
  readonly collapse?: false | CollapseOptions;
  /** What else is told of the run: TensorBoard, CSV, … None of them can fail it. */
  readonly sinks?: readonly MonitorSink[];
  /** Serves a live page of the run, for this machine only; needs `out`. Default false. */
  readonly dashboard?: boolean | DashboardSinkOptions;
  /** Seconds that drawing samples may take before the scoring is given up. Default 300. */
  readonly sampleTimeout?: number;
  /** Takes the table's lines. Default: standard output; false prints nothing. */
  readonly print?: false | ((line: string) => void);
  /** Takes warnings. Default: a line on standard error. */
  readonly onWarning?: (message: string) => void;
  /** Shows progress on stderr. Default true. */
  readonly progress?: boolean;
  /** Ends a scoring early, as Ctrl-C does in the demo. */
  readonly signal?: AbortSignal;
}
