import type { Score } from '../score.js';

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
  /** Contact sheet of the samples, PNG. */
  readonly sheet?: Uint8Array;
}

/** How a run ended. */
export interface RunOutcome {
  readonly kind: 'running' | 'finished' | 'collapse' | 'divergence' | 'interrupted';
  /** One sentence with the evidence. */
  readonly sentence: string;
}

/** Everything a report of a training run shows. */
export interface RunRecord {
  readonly title: string;
  readonly started: Date;
  readonly reference: { readonly id: string; readonly count: number; readonly sheet?: Uint8Array };
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
}
