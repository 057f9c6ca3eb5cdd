import { frechetDiagonalDistance, frechetMeanDistance, memorisationInformedDistance } from '@plateau/fidelity';
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
  {
    id: 'fid-mean',
    label: 'Fréchet distance of the means',
    axis: 'both',
    direction: 'lower',
    defaults: {},
    compute: ({ reference, generated }) => ({ value: frechetMeanDistance(reference, generated) }),
  },
  {
    id: 'fid-diagonal',
    label: 'Fréchet distance of diagonal Gaussians',
    axis: 'both',
    direction: 'lower',
    defaults: {},
    compute: ({ reference, generated }) => ({ value: frechetDiagonalDistance(reference, generated) }),
  },
  {
    id: 'mifid',
    label: 'MiFID (memorisation-informed)',
    axis: 'both',
    direction: 'lower',
    defaults: { threshold: 0.1 },
    compute: ({ reference, generated }, options) => {
      const { value, warnings, ...details } = memorisationInformedDistance(reference, generated, options);
      return { value, details, warnings };
    },
  },
];
