import { metricDefinition, resolveMetrics, scoreFeatures } from '@plateau/scorecard';
import type { ComparedMetric } from '@plateau/small-sample';

/** What every diagnosis measures by itself. */
const OWN = [
  ...['fid', 'fid-calibrated', 'fid-infinity'],
  ...['kid', 'fid-mean', 'precision', 'recall', 'density', 'coverage'],
];

/** Metrics of the scorecard to put between floor and ceiling, but for those that every diagnosis measures. */
export function furtherMetrics(ids: readonly string[], seed: number): ComparedMetric[] {
  return resolveMetrics(ids)
    .filter((id) => !OWN.includes(id))
    .map((id) => ({
      metric: id,
      direction: metricDefinition(id).direction,
      compute: (reference, generated) => scoreFeatures(reference, generated, { metrics: [id], seed })[0].value,
    }));
}
