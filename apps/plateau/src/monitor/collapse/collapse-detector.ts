import type { CollapseState, FailureKind, SignalReading } from '../run-event.js';
import { resolveCollapseOptions, type CollapseOptions } from './collapse-options.js';
import { failureSentence } from './failure-sentence.js';
import { failureTests, type FailureTest } from './failure-tests.js';
import type { GeneratorSignals, SignalName, Yardstick } from './generator-signals.js';
import { Maturity } from './maturity.js';
import { addLogs, SequentialEvidence } from './sequential-evidence.js';

/** Shares of the reference's own value below which a signal that has no vote is pointed out. */
const pointedOut: Partial<Record<SignalName, number>> = {
  vendiInfinity: 0.5,
  recall: 0.1,
  coverage: 0.5,
  discriminatorLoss: 0.1,
};

/** One test and the evidence it has gathered. */
interface Running {
  readonly test: FailureTest;
  readonly evidence: SequentialEvidence;
}

/**
 * Decides from one scored epoch to the next whether a generator has failed, and how.
 *
 * Every test has evidence of its own (see `SequentialEvidence`); their weighted mean is evidence against a healthy
 * generator, whose null hypothesis is composite: at least as varied as the failing level and a margin of noise, whatever
 * else is wrong with it. The run has failed when the mean reaches 1/α and the tests that carry it have been
 * low for `patience` scored epochs. Recall, coverage, the Vendi score of order ∞ and the discriminator's loss are reported
 * without a vote: a healthy young generator has no recall, and a blob at the mean has all the coverage.
 */
export class CollapseDetector {
  readonly #reference: Yardstick;
  readonly #options: Required<CollapseOptions>;
  readonly #running: readonly Running[];
  readonly #kinds: readonly { readonly tests: readonly Running[]; readonly maturity: Maturity }[];
  #seen = 0;
  #losses = { count: 0, mean: 0 };

  /** @throws RangeError for options out of range */
  constructor(reference: Yardstick, options: CollapseOptions = {}) {
    this.#reference = reference;
    this.#options = resolveCollapseOptions(options);
    this.#running = failureTests(this.#options.share).map((test) => ({
      test,
      evidence: new SequentialEvidence(this.#options),
    }));
    this.#kinds = [...new Set(this.#running.map(({ test }) => test.kind))].map((kind) => ({
      tests: this.#running.filter(({ test }) => test.kind === kind),
      maturity: new Maturity(),
    }));
  }

  /** Takes the signals of the next scored epoch. */
  observe(epoch: number, signals: GeneratorSignals): CollapseState {
    const { alpha, warmup } = this.#options;
    this.#seen += 1;
    if (!signals.finite) return this.#notFinite(epoch, signals.n);
    const look = Math.max(0, this.#seen - warmup);
    for (const { tests, maturity } of this.#kinds) {
      const margins = tests.map(({ test }) => test.margin(signals, this.#reference));
      const growth = maturity.observe(margins);
      tests.forEach(({ evidence }, i) => {
        if (margins[i] !== undefined) evidence.observe(margins[i], look, growth);
      });
    }
    const low = this.#running.filter(({ evidence }) => evidence.low && evidence.streak > 0);
    const stopping = low.filter(({ test }) => this.#options.stopOn.includes(test.kind));
    const logEvidence = combined(stopping);
    const ready = stopping.filter(({ evidence }) => evidence.ready);
    const failed = combined(ready) >= -Math.log(alpha);
    const looks = nameOf(failed ? ready : low);
    const state = {
      epoch,
      n: signals.n,
      signals: this.#readings(signals, low),
      logEvidence,
      alpha,
      ...(looks ? { looks } : {}),
      streak: Math.max(0, ...low.map(({ evidence }) => evidence.streak)),
      failed,
    };
    if (looks === undefined) this.#learnLoss(signals.discriminatorLoss);
    return looks ? { ...state, sentence: failureSentence(looks, state) } : state;
  }

  #notFinite(epoch: number, n: number): CollapseState {
    const failed = this.#options.stopOn.includes('divergence');
    return {
      epoch,
      n,
      signals: {},
      logEvidence: Infinity,
      alpha: this.#options.alpha,
      looks: 'divergence',
      streak: 1,
      failed,
      sentence: 'samples or their features are NaN or infinite',
    };
  }

  #readings(signals: GeneratorSignals, low: readonly Running[]): Record<string, SignalReading> {
    const voting = new Set(low.map(({ test }) => test.signal));
    const values = Object.entries(signals).filter(([name]) => name !== 'n' && name !== 'finite');
    return Object.fromEntries(
      (values as [SignalName, number][]).map(([signal, value]) => {
        const reference = signal === 'discriminatorLoss' ? this.#usualLoss() : this.#reference.values[signal];
        const share = reference !== undefined && reference > 0 ? value / reference : undefined;
        const bound = pointedOut[signal];
        const alarming = voting.has(signal) || (bound !== undefined && share !== undefined && share < bound);
        return [
          signal,
          {
            value,
            ...(reference === undefined ? {} : { reference }),
            ...(share === undefined ? {} : { share }),
            alarming,
          },
        ];
      }),
    );
  }

  #usualLoss(): number | undefined {
    return this.#losses.count > 0 ? this.#losses.mean : undefined;
  }

  #learnLoss(loss: number | undefined): void {
    if (loss === undefined || !Number.isFinite(loss)) return;
    if (loss < pointedOut.discriminatorLoss! * this.#losses.mean) return;
    const count = this.#losses.count + 1;
    this.#losses = { count, mean: this.#losses.mean + (loss - this.#losses.mean) / count };
  }
}

function combined(running: readonly Running[]): number {
  return running.map(({ test, evidence }) => Math.log(test.weight) + evidence.log).reduce(addLogs, -Infinity);
}

/** The kind of the first in the order of the tests. */
function nameOf(running: readonly Running[]): FailureKind | undefined {
  return running[0]?.test.kind;
}
