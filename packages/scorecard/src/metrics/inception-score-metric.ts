import { inceptionScore } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

/** The Inception Score, which takes the generated matrix as logits of a classifier. */
export const inceptionScoreMetric: MetricDefinition = {
  id: 'is',
  label: 'Inception Score',
  axis: 'both',
  direction: 'higher',
  defaults: { splits: 10, shuffle: true },
  compute: ({ generated }, options, seed) => {
    const { mean, std } = inceptionScore(generated, { ...options, seed });
    return {
      value: mean,
      details: { std },
      warnings: ['the features are taken for logits of a classifier: of other features this is no Inception Score'],
    };
  },
};
