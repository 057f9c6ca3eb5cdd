import type { Direction } from '@plateau/scorecard';

/** A score and how sure it is. */
export interface Measured {
  readonly value: number;
  readonly standardError?: number;
}

/** When one score counts as better than another. */
export interface ImprovementRule {
  readonly mode: 'min' | 'max';
  /** Least difference. */
  readonly minDelta: number;
  /** Whether `minDelta` is a share of the former value. */
  readonly relative: boolean;
}

/** Which way is better, from a metric's direction. */
export function modeOf(direction: Direction): 'min' | 'max' {
  return direction === 'higher' ? 'max' : 'min';
}

/**
 * Whether a score is better than a former one by more than `minDelta` and by more than its own standard error. NaN never is.
 * @example improves({ value: 9, standardError: 2 }, { value: 10 }, { mode: 'min', minDelta: 0, relative: false }) // => false
 */
export function improves(score: Measured, former: Measured, { mode, minDelta, relative }: ImprovementRule): boolean {
  const gain = mode === 'min' ? former.value - score.value : score.value - former.value;
  const least = relative ? minDelta * Math.abs(former.value) : minDelta;
  return gain > Math.max(least, score.standardError ?? 0);
}
