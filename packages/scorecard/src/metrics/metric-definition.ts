import type { Direction } from '../score.js';
import type { FeatureComparison } from './feature-comparison.js';

/** What a metric speaks of: how good each sample is, how varied they are together, or both at once. */
export type Axis = 'fidelity' | 'diversity' | 'both';

/** What an option holds; one whose default is `auto` takes a number or a word. */
export type OptionValue = number | string | boolean;

/** Settings of one metric by name, as in `--options '{"kid":{"subsetSize":250}}'`. */
export type MetricOptions = Readonly<Record<string, unknown>>;

/** What a metric computes; the scorecard adds counts, direction and protocol. */
export interface MetricResult {
  readonly value: number;
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  readonly details?: Readonly<Record<string, unknown>>;
  readonly warnings?: readonly string[];
}

/** A metric of the scorecard: an id, what it means, and how it is computed from shared work. */
export interface MetricDefinition {
  readonly id: string;
  /** The name in charts. */
  readonly label: string;
  readonly axis: Axis;
  readonly direction: Direction;
  /** Its options with their defaults; there are no others. */
  readonly defaults: Readonly<Record<string, OptionValue>>;
  /**
   * @param options the user's over the defaults; those that are still `auto` are left out
   * @throws RangeError when the features or an option can't be used
   */
  compute(comparison: FeatureComparison, options: Readonly<Record<string, never>>, seed: number): MetricResult;
}
