import type { ImageBatch } from '@plateau/images';
import type { Matrix } from '@plateau/numerics';
import type { EpochRecord, RunOutcome, Score } from '@plateau/scorecard';

/** What can go wrong with a generator. */
export type FailureKind = 'collapse' | 'memorisation' | 'divergence' | 'blur' | 'blank';

/** One signal of a scored epoch beside the reference's own at the same number of images. */
export interface SignalReading {
  /** Not finite where the features are not. */
  readonly value: number;
  readonly reference?: number;
  /** `value` as a share of `reference`, where that makes sense. */
  readonly share?: number;
  /** Whether it speaks for a failure. */
  readonly alarming: boolean;
}

/** The failure evidence of one scored epoch. */
export interface CollapseState {
  readonly epoch: number;
  /** Samples that were compared. */
  readonly n: number;
  /** By name: `vendi`, `vendiInfinity`, `spread`, `duplicates`, `recall`, `coverage`, `copies`, `discriminatorLoss`, … */
  readonly signals: Readonly<Record<string, SignalReading>>;
  /** Natural logarithm of the evidence that the present streak has gathered; the run stops above ln(1/alpha). */
  readonly logEvidence: number;
  readonly alpha: number;
  /** What the samples look like now, where something looks wrong. */
  readonly looks?: FailureKind;
  /** Scored epochs in a row that have looked so. */
  readonly streak: number;
  /** Whether the run has failed, with the error rate `alpha`. */
  readonly failed: boolean;
  /** The evidence in words, where something looks wrong. */
  readonly sentence?: string;
}

/** A set of samples or of reference images in the plane of the reference's first two principal components: [x, y] each. */
export type Projection = readonly (readonly [number, number])[];

/** A checkpoint that is kept: `directory` is relative to the run's folder. */
export interface CheckpointRecord {
  readonly epoch: number;
  readonly directory: string;
  /** The metric that ranks checkpoints, and its value. */
  readonly metric: string;
  readonly value: number;
  readonly standardError?: number;
}

/** What a scored epoch comes to, as its line of `metrics.jsonl` has it. Numbers that are not finite are `null` there. */
export interface ScoredEpoch extends Omit<EpochRecord, 'sheet'> {
  /** ISO 8601. */
  readonly time: string;
  /** Missing where the collapse detector is off. */
  readonly collapse?: CollapseState;
  /** Every checkpoint kept after this epoch, the best first. */
  readonly checkpoints: readonly CheckpointRecord[];
  /** Where the samples lie. */
  readonly projection: Projection;
  /** Statistics of the samples' cells by name, in the epochs in which cells were measured. */
  readonly cells?: Readonly<Record<string, number>>;
  /** The contact sheet of the samples, relative to the run's folder; missing without one. */
  readonly sheet?: string;
  readonly warnings: readonly string[];
}

/** What is known when a run begins, as the first line of `metrics.jsonl` has it. */
export interface RunStart {
  readonly title: string;
  /** ISO 8601. */
  readonly time: string;
  readonly seed: number;
  /** Samples per scoring. */
  readonly samples: number;
  /** Ids of the metrics in their order. */
  readonly metrics: readonly string[];
  /** The first epoch's number when the run goes on from an earlier one in its folder, whose lines stay. */
  readonly resumedFrom?: number;
  readonly reference: {
    readonly id: string;
    readonly count: number;
    /** Its contact sheet, relative to the run's folder; missing without one. */
    readonly sheet?: string;
    readonly projection: Projection;
  };
  /** The reference scored against itself, half against half. */
  readonly floor: readonly Score[];
}

/** How a run ended: as the last line of `metrics.jsonl` has it. */
export interface RunEnd {
  readonly time: string;
  readonly outcome: RunOutcome;
  readonly best?: CheckpointRecord;
}

/**
 * A line of `metrics.jsonl`. `skipped` is an epoch that should have been scored and was not, `warning` something that
 * went wrong without ending the run.
 */
export type RunLine =
  | ({ readonly event: 'start' } & RunStart)
  | ({ readonly event: 'epoch' } & ScoredEpoch)
  | { readonly event: 'skipped'; readonly time: string; readonly epoch: number; readonly reason: string }
  | { readonly event: 'warning'; readonly time: string; readonly message: string }
  | ({ readonly event: 'end' } & RunEnd);

/** What a sink is given beside the record of a scored epoch. It belongs to the monitor: copy what is kept. */
export interface EpochSamples {
  readonly images: ImageBatch;
  /** One row a sample. */
  readonly features: Matrix;
  /** Contact sheet, PNG. */
  readonly sheet: Uint8Array;
}

/** What a sink is given beside the start of a run. */
export interface StartMaterial {
  /** The run's folder; missing when nothing is written. */
  readonly directory?: string;
  /** Contact sheet of the reference, PNG. */
  readonly sheet: Uint8Array;
  /** The lines of a resumed run's earlier epochs. */
  readonly earlier: readonly ScoredEpoch[];
}

/**
 * Something that a run is told to. Calls come in order and each is awaited before the next, but training never waits for
 * a sink: one that is behind misses epochs. A sink that throws or rejects is warned of once and asked again the next
 * time.
 */
export interface MonitorSink {
  /** For warnings: `TensorBoard`, `CSV`. */
  readonly name: string;
  start?(run: RunStart, material: StartMaterial): void | Promise<void>;
  epoch?(record: ScoredEpoch, samples: EpochSamples): void | Promise<void>;
  /** Lines that are neither start, epoch nor end: warnings and skipped epochs. */
  note?(line: RunLine): void | Promise<void>;
  end?(summary: RunEnd): void | Promise<void>;
}
