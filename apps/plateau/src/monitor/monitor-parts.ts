import type { FeatureExtractor } from '@plateau/features';
import type { MetricOptions, RunOutcome, Score } from '@plateau/scorecard';
import type { Progress } from '../progress.js';
import type { CellsProbe } from './cells-probe.js';
import type { CollapseOptions } from './collapse/collapse-options.js';
import type { EarlyStopping } from './early-stopping.js';
import type { ReferenceImages } from './reference.js';
import type { CheckpointRecord, MonitorSink } from './run-event.js';
import type { Sampler } from './sampler.js';
import type { ScoringBudget } from './scoring-budget.js';
import type { TopCheckpoints } from './top-checkpoints.js';

/** Metrics that are scored only now and then. */
export interface DearMetrics {
  readonly metrics: readonly string[];
  /** Every so many scored epochs. */
  readonly every: number;
}

/** The parts of a monitor, as `createMonitor` puts them together. */
export interface MonitorParts {
  readonly title: string;
  readonly sample: Sampler;
  /** Seconds that drawing samples may take. */
  readonly sampleTimeout: number;
  readonly samples?: number;
  readonly openReference: ReferenceImages;
  readonly openExtractor: () => Promise<{ readonly extractor: FeatureExtractor; readonly release: () => void }>;
  /** Missing where the budget decides. */
  readonly every?: number;
  readonly budget?: ScoringBudget;
  readonly background: boolean;
  readonly metrics: readonly string[];
  readonly dear?: DearMetrics;
  readonly metricOptions: Readonly<Record<string, MetricOptions>>;
  readonly seed: number;
  readonly out?: string;
  readonly resume: boolean;
  readonly checkpoints?: TopCheckpoints;
  readonly restoreBest?: (directory: string) => Promise<void>;
  readonly earlyStopping?: EarlyStopping;
  readonly collapse: CollapseOptions | false;
  readonly cells?: CellsProbe;
  readonly sinks: readonly MonitorSink[];
  readonly print: (line: string) => void;
  readonly warn: (message: string) => void;
  readonly progress: Progress;
  readonly signal?: AbortSignal;
}

/** What a scored or skipped epoch came to. */
export interface EpochReport {
  readonly epoch: number;
  /** False in the epochs between two scorings, in those that were skipped, and where scoring goes on in the background. */
  readonly scored: boolean;
  readonly scores: readonly Score[];
  /** Whether this epoch is the best so far. */
  readonly best: boolean;
  /** Whether training should end here. */
  readonly stop: boolean;
  /** Why, when it should. */
  readonly reason?: string;
}

/** How a run ended. */
export interface RunSummary {
  readonly outcome: RunOutcome;
  readonly best?: CheckpointRecord;
  /** Path of report.html, when there is an output folder. */
  readonly report?: string;
}
