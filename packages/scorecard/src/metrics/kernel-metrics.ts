import { gaussianKernelDistance, kernelDistance } from '@plateau/fidelity';
import type { MetricDefinition } from './metric-definition.js';

/** Maximum mean discrepancies. */
export const kernelMetrics: readonly MetricDefinition[] = [
  {
    id: 'kid',
    label: 'KID (kernel distance)',
    axis: 'both',
    direction: 'lower',
    defaults: { subsets: 100, subsetSize: 1000 },
    compute: ({ reference, generated }, options, seed) => {
      const { mean, warnings, ...details } = kernelDistance(reference, generated, { ...options, seed });
      return { value: mean, standardError: details.standardError, details, warnings };
    },
  },
  {
    id: 'cmmd',
    label: 'CMMD (Gaussian kernel)',
    axis: 'both',
    direction: 'lower',
    defaults: { sigma: 10, scale: 1000 },
    compute: ({ reference, generated }, options) => ({ value: gaussianKernelDistance(reference, generated, options) }),
  },
];
