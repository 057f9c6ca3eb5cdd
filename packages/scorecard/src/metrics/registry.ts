import { curveMetrics } from './curve-metrics.js';
import { diversityMetrics } from './diversity-metrics.js';
import { frechetMetrics } from './frechet-metrics.js';
import { inceptionScoreMetric } from './inception-score-metric.js';
import { kernelMetrics } from './kernel-metrics.js';
import { memorisationMetrics } from './memorisation-metrics.js';
import type { MetricDefinition } from './metric-definition.js';
import { neighbourhoodMetrics } from './neighbourhood-metrics.js';
import { smallSampleMetrics } from './small-sample-metrics.js';
import { transportMetrics } from './transport-metrics.js';
import { twoSampleMetrics } from './two-sample-metrics.js';

/** Every metric of the scorecard. */
export const metricDefinitions: readonly MetricDefinition[] = [
  ...frechetMetrics,
  ...smallSampleMetrics,
  ...kernelMetrics,
  inceptionScoreMetric,
  ...neighbourhoodMetrics,
  ...curveMetrics,
  ...diversityMetrics,
  ...memorisationMetrics,
  ...twoSampleMetrics,
  ...transportMetrics,
];

/** What is scored when nothing is named. */
export const defaultMetrics: readonly string[] = ['fid', 'kid', 'precision', 'recall', 'density', 'coverage', 'vendi'];

/**
 * The metric of that id.
 * @throws RangeError naming the ids there are
 */
export function metricDefinition(id: string): MetricDefinition {
  const found = metricDefinitions.find((definition) => definition.id === id);
  if (found) return found;
  throw new RangeError(`no metric ${id}: there are ${metricDefinitions.map((definition) => definition.id).join(', ')}`);
}

/**
 * The ids that a list of words asks for: nothing for the default ones, `all` for every one.
 * @example resolveMetrics(['fid']) // => ['fid']
 */
export function resolveMetrics(words?: readonly string[]): readonly string[] {
  if (words === undefined) return defaultMetrics;
  return words.includes('all') ? metricDefinitions.map(({ id }) => id) : [...new Set(words)];
}
