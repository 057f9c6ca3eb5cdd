import type { FailureKind } from '../run-event.js';
import type { GeneratorSignals, SignalName, Yardstick } from './generator-signals.js';

/** One way to fail: a signal that leaves its healthy side. */
export interface FailureTest {
  readonly signal: SignalName;
  readonly kind: FailureKind;
  /** Its part of the combined evidence; the parts sum to 1. */
  readonly weight: number;
  /** How far above its failing level the signal lies, in standard errors; undefined where the signal is unknown. */
  margin(signals: GeneratorSignals, reference: Yardstick): number | undefined;
}

/**
 * The tests, in the order in which a failure is named: a blank generator has collapsed too, and a collapsed one may sit on a
 * reference image.
 * @param share of the reference's diversity below which a generator has failed
 */
export function failureTests(share: number): readonly FailureTest[] {
  return [
    ratioTest({ signal: 'distance', unit: 'spread', kind: 'divergence', weight: 0.05, level: 6, fails: 'above' }),
    ratioTest({ signal: 'spread', kind: 'divergence', weight: 0.05, level: 3, fails: 'above' }),
    ratioTest({ signal: 'contrast', kind: 'blank', weight: 0.05, level: 0.05, fails: 'below' }),
    ratioTest({ signal: 'vendi', kind: 'collapse', weight: 0.4, level: share, fails: 'below' }),
    ratioTest({ signal: 'spread', kind: 'collapse', weight: 0.15, level: share, fails: 'below' }),
    shareTest({ signal: 'duplicates', kind: 'collapse', weight: 0.15, level: 0.5 }),
    shareTest({ signal: 'copies', kind: 'memorisation', weight: 0.1, level: 0.5 }),
    ratioTest({ signal: 'sharpness', kind: 'blur', weight: 0.05, level: 0.25, fails: 'below' }),
  ];
}

/** Beyond this a margin says no more. */
const LIMIT = 200;
/** The least standard error of a logarithm: that of a generator is not known, and may exceed the reference's. */
const LEAST_ERROR = 0.02;
/** The standard error of the logarithm of a signal that the reference has no error of. */
const TYPICAL_ERROR = 0.1;
/** Neighbours come in groups, so that shares of them vary more than independent ones would. */
const CLUSTERING = 1.5;

function ratioTest({
  signal,
  unit = signal,
  kind,
  weight,
  level,
  fails,
}: Pick<FailureTest, 'signal' | 'kind' | 'weight'> & {
  /** The signal of the reference that is its measure. */
  readonly unit?: SignalName;
  readonly level: number;
  readonly fails: 'above' | 'below';
}): FailureTest {
  return {
    signal,
    kind,
    weight,
    margin(signals, { values, errors }) {
      const value = signals[signal];
      const reference = values[unit];
      if (value === undefined || reference === undefined || !(reference > 0)) return undefined;
      const error = Math.max(LEAST_ERROR, errors[signal] ?? TYPICAL_ERROR);
      const above = Math.log(value / reference / level) / error;
      return clip(fails === 'below' ? above : -above);
    },
  };
}

function shareTest({
  signal,
  kind,
  weight,
  level,
}: Pick<FailureTest, 'signal' | 'kind' | 'weight'> & { readonly level: number }): FailureTest {
  return {
    signal,
    kind,
    weight,
    margin(signals) {
      const value = signals[signal];
      if (value === undefined) return undefined;
      return clip((level - value) / (CLUSTERING * Math.sqrt((level * (1 - level)) / signals.n)));
    },
  };
}

function clip(margin: number): number {
  return Math.max(-LIMIT, Math.min(LIMIT, margin));
}
