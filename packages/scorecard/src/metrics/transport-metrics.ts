import { mongeInceptionDistance, slicedWasserstein, wassersteinDistance } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

interface WassersteinSettings {
  readonly method?: string;
  readonly order?: 1 | 2;
  readonly regularization?: number;
  readonly projections?: number;
}

/** Distances of optimal transport. */
export const transportMetrics: readonly MetricDefinition[] = [
  {
    id: 'wasserstein',
    label: 'Wasserstein distance',
    axis: 'both',
    direction: 'lower',
    defaults: { method: 'auto', order: 1, regularization: 0.01, projections: 1000 },
    compute: ({ reference, generated }, options, seed) => {
      const { method, order, regularization, projections }: WassersteinSettings = options;
      if (method === 'sliced') {
        return { value: slicedWasserstein(reference, generated, { projections, seed }), details: { method } };
      }
      if (method !== undefined && method !== 'exact' && method !== 'sinkhorn') {
        throw new RangeError(`method is ${method}, expected auto, exact, sinkhorn or sliced`);
      }
      const result = wassersteinDistance(reference, generated, { method, order, regularization, seed });
      return { value: result.value, details: { method: result.method }, warnings: result.warnings };
    },
  },
  {
    id: 'mind',
    label: 'MIND (Monge distance)',
    axis: 'both',
    direction: 'lower',
    defaults: { projections: 1000 },
    compute: ({ reference, generated }, options, seed) =>
      mongeInceptionDistance(reference, generated, { ...options, seed }),
  },
];
