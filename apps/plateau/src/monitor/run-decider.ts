import type { RunOutcome, Score } from '@plateau/scorecard';
import { CollapseDetector } from './collapse/collapse-detector.js';
import type { CollapseOptions } from './collapse/collapse-options.js';
import type { GeneratorSignals, Yardstick } from './collapse/generator-signals.js';
import type { EarlyStopping } from './early-stopping.js';
import type { CollapseState, ScoredEpoch } from './run-event.js';

/** What an epoch is judged by. */
export interface Evidence {
  readonly epoch: number;
  readonly signals?: GeneratorSignals;
  readonly scores: readonly Score[];
  readonly cells?: Readonly<Record<string, number>>;
}

/** Decides after each scored epoch whether a run should end: by failure or by standing still. */
export class RunDecider {
  readonly #detector: CollapseDetector | undefined;
  readonly #earlyStopping: EarlyStopping | undefined;
  #outcome?: RunOutcome;

  constructor(
    reference: Yardstick | undefined,
    { collapse, earlyStopping }: { readonly collapse: CollapseOptions | false; readonly earlyStopping?: EarlyStopping },
  ) {
    this.#detector = reference && collapse !== false ? new CollapseDetector(reference, collapse) : undefined;
    this.#earlyStopping = earlyStopping;
  }

  /** Why the run should end, once it should. */
  get outcome(): RunOutcome | undefined {
    return this.#outcome;
  }

  /** Sees again what an earlier run saw, so that a resumed one decides as that one would have. */
  replay(earlier: readonly ScoredEpoch[]): void {
    for (const { epoch, collapse, scores, cells } of earlier) {
      this.judge({ epoch, ...(collapse ? { signals: signalsOf(collapse) } : {}), scores, ...(cells ? { cells } : {}) });
    }
    this.#outcome = undefined;
  }

  judge({ epoch, signals, scores, cells }: Evidence): CollapseState | undefined {
    const state = signals && this.#detector?.observe(epoch, signals);
    if (state?.failed) {
      const what = state.looks === 'divergence' ? 'training has diverged' : 'the generator has failed';
      this.#outcome ??= {
        kind: state.looks!,
        sentence: `Stopped at epoch ${epoch}: ${what} (${state.looks}): ${state.sentence}.`,
      };
    }
    const standing = this.#earlyStopping?.observe(epoch, scores, cells);
    if (standing !== undefined) this.#outcome ??= { kind: 'early-stop', sentence: standing };
    return state;
  }

  /** The samples themselves are not finite. */
  diverge(epoch: number, reason: string): void {
    this.#outcome ??= {
      kind: 'divergence',
      sentence: `Stopped at epoch ${epoch}: training has diverged, ${reason}.`,
    };
  }
}

function signalsOf({ n, signals }: CollapseState): GeneratorSignals {
  const values = Object.entries(signals).map(([name, { value }]) => [name, value] as const);
  return { n, finite: values.length > 0, ...Object.fromEntries(values) };
}
