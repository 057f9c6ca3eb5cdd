import type { Matrix } from '@plateau/numerics';
import type { Floor, Standing } from '../extrapolation/split-half-floor.js';

/** Which way a metric is better; `none` where it is best at the reference's own value. */
export type Direction = 'lower' | 'higher' | 'none';

/** Which way each metric of `fastStatistic` is better. */
export const FAST_DIRECTIONS: Readonly<Record<string, Direction>> = {
  kid: 'lower',
  'fid-mean': 'lower',
  precision: 'higher',
  recall: 'higher',
  density: 'higher',
  coverage: 'higher',
};

/** A metric that a diagnosis puts between floor and ceiling, given from outside. */
export interface ComparedMetric {
  readonly metric: string;
  readonly direction: Direction;
  /** May throw a RangeError for sets that are too small: the metric is then left out, with a warning. */
  compute(reference: Matrix, generated: Matrix): number;
}

/** A metric with everything that says what it means. */
export interface DiagnosedMetric {
  readonly metric: string;
  readonly value: number;
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  /** The reference against itself. */
  readonly floor?: Floor;
  /** The mean score of draws of as many images as the floor's parts have: what stands beside the floor. */
  readonly atFloor?: number;
  /** Of noise that knows only the reference's overall mean and variance, at the floor's n. */
  readonly ceiling?: number;
  readonly standing?: Standing;
  /** How often two parts of the reference score no better; missing for under 99 draws. */
  readonly pValue?: number;
  /** Corrected by Holm over all metrics that have a p-value. */
  readonly adjustedPValue?: number;
}
