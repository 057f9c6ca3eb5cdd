import { precisionRecallCurve } from '@plateau/fidelity';
import type { FeatureComparison } from './feature-comparison.js';
import type { MetricDefinition, MetricResult } from './metric-definition.js';

/** Precision and recall as curves, and what they sum up to. */
export const curveMetrics: readonly MetricDefinition[] = [
  {
    id: 'prd',
    label: 'PRD F8 (recall side)',
    axis: 'both',
    direction: 'higher',
    defaults: { clusters: 20, runs: 10, angles: 1001 },
    compute: ({ reference, generated }, options, seed) => {
      const { f8, fEighth, precision, recall, warnings } = precisionRecallCurve(reference, generated, {
        ...options,
        seed,
      });
      return {
        value: f8,
        details: { f8, fEighth, curve: { precision: [...precision], recall: [...recall] } },
        warnings,
      };
    },
  },
  {
    id: 'alpha-precision',
    label: 'α-precision',
    axis: 'fidelity',
    direction: 'higher',
    defaults: {},
    compute: (comparison) => part(comparison, 'alphaPrecision', 'precisionCurve'),
  },
  {
    id: 'beta-recall',
    label: 'β-recall',
    axis: 'diversity',
    direction: 'higher',
    defaults: {},
    compute: (comparison) => part(comparison, 'betaRecall', 'recallCurve'),
  },
  {
    id: 'authenticity',
    label: 'Authenticity',
    axis: 'diversity',
    direction: 'higher',
    defaults: {},
    compute: ({ alphaPrecision: { authenticity } }) => ({ value: authenticity }),
  },
];

function part(
  { alphaPrecision: curves }: FeatureComparison,
  value: 'alphaPrecision' | 'betaRecall',
  curve: 'precisionCurve' | 'recallCurve',
): MetricResult {
  return { value: curves[value], details: { levels: [...curves.levels], curve: [...curves[curve]] } };
}
