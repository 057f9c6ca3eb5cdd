import { pairwiseSpread, vendiScore } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

/** How varied the generated samples are among themselves. */
export const diversityMetrics: readonly MetricDefinition[] = [
  {
    id: 'vendi',
    label: 'Vendi score',
    axis: 'diversity',
    direction: 'higher',
    defaults: { q: 1 },
    compute: ({ generated }, options) => ({ value: vendiScore(generated, options) }),
  },
  {
    id: 'spread',
    label: 'Pairwise spread',
    axis: 'diversity',
    direction: 'higher',
    defaults: {},
    compute: ({ generated }) => ({ value: pairwiseSpread(generated) }),
  },
];
