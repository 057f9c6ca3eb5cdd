import { classifierTest, differentBins, nearestNeighbourTest } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

/** Whether the two sets can be told apart. */
export const twoSampleMetrics: readonly MetricDefinition[] = [
  {
    id: 'c2st',
    label: 'C2ST accuracy (0.5 is best)',
    axis: 'both',
    direction: 'lower',
    defaults: {},
    compute: ({ reference, generated }, _, seed) => {
      const { accuracy, standardError, pValue, warnings } = classifierTest(reference, generated, { seed });
      return { value: accuracy, standardError, details: { pValue }, warnings };
    },
  },
  {
    id: '1nn',
    label: '1-NN leave-one-out accuracy (0.5 is best)',
    axis: 'both',
    direction: 'none',
    defaults: {},
    compute: ({ neighbourhoods }) => {
      const { accuracy, ...details } = nearestNeighbourTest(neighbourhoods);
      return { value: accuracy, details };
    },
  },
  {
    id: 'ndb',
    label: 'Different bins, share (NDB)',
    axis: 'both',
    direction: 'lower',
    defaults: { bins: 'auto', significance: 0.05 },
    compute: ({ reference, generated }, options, seed) => {
      const { share, warnings, ndb, bins, jensenShannon } = differentBins(reference, generated, { ...options, seed });
      return { value: share, details: { ndb, bins, jensenShannon }, warnings };
    },
  },
];
