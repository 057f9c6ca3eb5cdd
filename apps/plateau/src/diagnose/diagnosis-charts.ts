import {
  extrapolationChart,
  frechetVersusNChart,
  standingChart,
  type Diagnosis,
  type PlotSpec,
} from '@plateau/small-sample';

/** The plots of a diagnosis by file name. */
export function diagnosisCharts({ frechetVersusN, extrapolated, metrics }: Diagnosis): Record<string, PlotSpec> {
  return {
    ...(frechetVersusN ? { 'fid-versus-n': frechetVersusNChart(frechetVersusN) } : {}),
    ...(extrapolated ? { 'fid-infinity': extrapolationChart(extrapolated.both, 'FID') } : {}),
    ...(metrics.length > 0 ? { 'beside-floor': standingChart(metrics) } : {}),
  };
}
