import type { MetricDefinition } from './metric-definition.js';

/** Distances between Gaussians fitted to the features. */
export const frechetMetrics: readonly MetricDefinition[] = [
  {
    id: 'fid',
    label: 'FID (Fréchet distance)',
    axis: 'both',
    direction: 'lower',
    defaults: {},
    compute: ({ frechet: { value, meanTerm, covarianceTerm, warnings } }) => ({
      value,
      details: { meanTerm, covarianceTerm },
      warnings,
    }),
  },
];
