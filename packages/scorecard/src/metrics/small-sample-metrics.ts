import { calibratedFrechetDistance, extrapolateFrechetDistance } from '@plateau/small-sample';
import type { MetricDefinition } from './metric-definition.js';

interface InfinitySettings {
  readonly sizes?: string;
  readonly points?: number;
  readonly from?: number;
  readonly confidence?: number;
}

/** Fréchet distances freed of the bias of small samples, with intervals. */
export const smallSampleMetrics: readonly MetricDefinition[] = [
  {
    id: 'fid-calibrated',
    label: 'Fréchet distance, calibrated for few images',
    axis: 'both',
    direction: 'lower',
    defaults: { draws: 20, bundles: 20, confidence: 0.9 },
    compute: ({ reference, generated }, options, seed) => {
      const { value, standardError, interval, warnings, ...details } = calibratedFrechetDistance(reference, generated, {
        ...options,
        seed,
      });
      return { value, standardError, interval, details: { ...details }, warnings };
    },
  },
  {
    id: 'fid-infinity',
    label: 'FID∞ (carried to infinitely many images)',
    axis: 'both',
    direction: 'lower',
    defaults: { sizes: 'generated', points: 15, from: 'auto', confidence: 0.9 },
    compute: ({ reference, generated }, options, seed) => {
      const { sizes, ...rest }: InfinitySettings = options;
      if (sizes !== 'generated' && sizes !== 'both') {
        throw new RangeError(`sizes is ${sizes}, expected generated or both`);
      }
      const result = extrapolateFrechetDistance(reference, generated, { ...rest, sizes, seed });
      const { value, standardError, interval, warnings, ...details } = result;
      return { value, standardError, interval, details: { ...details }, warnings };
    },
  },
];
