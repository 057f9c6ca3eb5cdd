import { authenticPercentage, dataCopyingTest, featureLikelihoodDivergence } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

/** Whether samples are copies of reference images. */
export const memorisationMetrics: readonly MetricDefinition[] = [
  {
    id: 'authpct',
    label: 'Authentic samples, %',
    axis: 'diversity',
    direction: 'higher',
    defaults: {},
    compute: ({ neighbourhoods }) => ({ value: authenticPercentage(neighbourhoods) }),
  },
  {
    id: 'ct',
    label: 'Data copying C_T (0 is best)',
    axis: 'both',
    direction: 'none',
    defaults: { cells: 3, components: 64 },
    compute: ({ reference, generated }, options, seed) => dataCopyingTest(reference, generated, { ...options, seed }),
  },
  {
    id: 'fld',
    label: 'FLD (feature likelihood)',
    axis: 'both',
    direction: 'lower',
    defaults: {},
    compute: ({ reference, generated }, _, seed) => {
      const { value, warnings, ...details } = featureLikelihoodDivergence(reference, generated, { seed });
      return { value, details, warnings };
    },
  },
];
