import type { Score } from '../score.js';

/** A picture: a PNG to carry along, or the address of one. */
export type Picture = Uint8Array | string;

/** Points of a set in a plane, [x, y] each. */
export type PlanePoints = readonly (readonly [number, number])[];

/** One signal beside the reference's own value. */
export interface EvidenceSignal {
  readonly value: number;
  readonly reference?: number;
  /** `value` as a share of `reference`. */
  readonly share?: number;
  /** Whether it speaks for a failure. */
  readonly alarming: boolean;
}

/** What speaks for a failure of the generator in one epoch. */
export interface FailureEvidence {
  readonly signals: Readonly<Record<string, EvidenceSignal>>;
  /** Natural logarithm of the evidence; the run stops above ln(1/alpha). */
  readonly logEvidence: number;
  readonly alpha: number;
  /** The kind of failure that it looks like. */
  readonly looks?: string;
  readonly failed: boolean;
  readonly sentence?: string;
}

/** A checkpoint that is kept; `directory` is relative to the run's folder. */
export interface KeptCheckpoint {
  readonly epoch: number;
  readonly directory: string;
  readonly metric: string;
  readonly value: number;
  readonly standardError?: number;
}

/** The cells of a set of images. */
export interface CellsPictures {
  /** The images with their cells' outlines. */
  readonly overlay?: Picture;
  /** Values of the cells by property: equivalent diameters, … */
  readonly distributions?: Readonly<Record<string, readonly number[]>>;
}

/** One scored epoch of a training run. */
export interface EpochRecord {
  readonly epoch: number;
  /** Seconds that drawing and scoring took. */
  readonly seconds: number;
  /** What the trainer logged: losses and the like. */
  readonly logs: Readonly<Record<string, number>>;
  readonly scores: readonly Score[];
  /** Why the samples look collapsed, where they do. */
  readonly suspicion?: string;
  /** Whether this epoch had the best score so far. */
  readonly best: boolean;
  /** Contact sheet of the samples. */
  readonly sheet?: Picture;
  readonly collapse?: FailureEvidence;
  /** Every checkpoint kept after this epoch, the best first. */
  readonly checkpoints?: readonly KeptCheckpoint[];
  /** The samples in the plane of the reference's first two principal components. */
  readonly projection?: PlanePoints;
  /** Statistics of the samples' cells by name. */
  readonly cells?: Readonly<Record<string, number>>;
  readonly cellsPictures?: CellsPictures;
}

/** How a run ended. */
export interface RunOutcome {
  readonly kind:
    | 'running'
    | 'finished'
    | 'early-stop'
    | 'collapse'
    | 'memorisation'
    | 'divergence'
    | 'blur'
    | 'blank'
    | 'interrupted';
  /** One sentence with the evidence. */
  readonly sentence: string;
}

/** Everything a report of a training run shows. */
export interface RunRecord {
  readonly title: string;
  readonly started: Date;
  readonly reference: {
    readonly id: string;
    readonly count: number;
    readonly sheet?: Picture;
    readonly projection?: PlanePoints;
    readonly cellsPictures?: CellsPictures;
  };
  readonly generatedCount: number;
  /** The reference scored against itself, half against half: what a perfect generator would get at that n. */
  readonly floor: readonly Score[];
  readonly epochs: readonly EpochRecord[];
  readonly best?: {
    readonly epoch: number;
    readonly metric: string;
    readonly value: number;
    readonly checkpoint: string;
  };
  readonly outcome: RunOutcome;
  /** Epochs that were not scored, and what went wrong without ending the run. */
  readonly notes?: readonly string[];
}
