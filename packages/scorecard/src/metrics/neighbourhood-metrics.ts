import { coverage, density, fScore, prdc, precision, realismScores, recall } from '@plateau/fidelity';
import { median } from 'simple-statistics';
import type { MetricDefinition } from './metric-definition.js';

/** Shares of samples that lie in each other's nearest-neighbour balls. */
export const neighbourhoodMetrics: readonly MetricDefinition[] = [
  {
    id: 'precision',
    label: 'Precision',
    axis: 'fidelity',
    direction: 'higher',
    defaults: { k: 3 },
    compute: ({ neighbourhoods }, options) => ({ value: precision(neighbourhoods, options) }),
  },
  {
    id: 'recall',
    label: 'Recall',
    axis: 'diversity',
    direction: 'higher',
    defaults: { k: 3 },
    compute: ({ neighbourhoods }, options) => {
      const value = recall(neighbourhoods, options);
      return { value, details: { fScore: fScore(precision(neighbourhoods, options), value) } };
    },
  },
  {
    id: 'density',
    label: 'Density',
    axis: 'fidelity',
    direction: 'higher',
    defaults: { k: 5 },
    compute: ({ neighbourhoods }, options) => ({ value: density(neighbourhoods, options) }),
  },
  {
    id: 'coverage',
    label: 'Coverage',
    axis: 'diversity',
    direction: 'higher',
    defaults: { k: 5 },
    compute: ({ neighbourhoods }, options) => ({ value: coverage(neighbourhoods, options) }),
  },
  {
    id: 'prdc',
    label: 'Coverage, with precision, recall and density of the same k',
    axis: 'both',
    direction: 'higher',
    defaults: { k: 5 },
    compute: ({ neighbourhoods }, options) => {
      const details = prdc(neighbourhoods, options);
      return { value: details.coverage, details: { ...details } };
    },
  },
  {
    id: 'realism',
    label: 'Realism, median over the samples',
    axis: 'fidelity',
    direction: 'higher',
    defaults: { k: 3 },
    compute: ({ neighbourhoods }, options) => {
      const perSample = [...realismScores(neighbourhoods, options)];
      const copies = perSample.filter((score) => score === Infinity).length;
      const warnings =
        copies > 0 ? [`${copies} generated samples equal a reference sample: their realism is infinite`] : [];
      // Infinite middles have no mean.
      return { value: 2 * copies >= perSample.length ? Infinity : median(perSample), details: { perSample }, warnings };
    },
  },
];
