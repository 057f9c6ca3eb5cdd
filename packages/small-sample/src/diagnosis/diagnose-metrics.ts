import { holm, type Matrix } from '@plateau/numerics';
import {
  extrapolateFrechetDistance,
  extrapolateInceptionScore,
  type Extrapolation,
} from '../extrapolation/extrapolate.js';
import {
  calibratedFrechetDistance,
  type CalibratedDistance,
  type CalibratedOptions,
} from '../frechet/calibrated-frechet-distance.js';
import { naiveDistance } from '../frechet/cross-moments.js';
import { CrossProducts } from '../frechet/cross-products.js';
import { fastStatistic } from '../resampling/fast-statistic.js';
import type { Statistic } from '../resampling/draw.js';
import { statisticOf } from '../resampling/statistic-of.js';
import { FAST_DIRECTIONS, type DiagnosedMetric } from './compared-metric.js';
import type { DiagnoseOptions } from './diagnose-options.js';
import { besideFloors, floorDraws } from './floors.js';
import { fastIntervals, intervalDraws } from './fast-intervals.js';

/** The metrics of a diagnosis, and the distances that have more to say. */
export interface DiagnosedMetrics {
  readonly metrics: readonly DiagnosedMetric[];
  readonly calibrated: CalibratedDistance;
  readonly extrapolated: { readonly generated: Extrapolation; readonly both: Extrapolation };
  readonly warnings: readonly string[];
}

/** Measures every metric with interval, floor and ceiling. */
export async function diagnoseMetrics(
  reference: Matrix,
  generated: Matrix,
  options: DiagnoseOptions,
): Promise<DiagnosedMetrics> {
  const { trials = 5, floorDraws: fastDraws = 199, calibrationDraws = 20, confidence, seed = 2020 } = options;
  const onStep = options.onStep ?? (() => {});
  const onDraw = options.onDraw ?? (() => {});
  const sets = { reference, generated, seed, groups: options.groups?.reference, onDraw };

  const settings = { draws: calibrationDraws, confidence, seed, groups: options.groups };
  const calibration = beginCalibration(reference, generated, settings, options);
  onStep(options.method ?? 'bootstrap', intervalDraws(options));
  const intervals = await fastIntervals(reference, generated, options);
  onStep('floors and ceilings', floorDraws(fastDraws) + floorDraws(4 * trials));
  const fast = await besideFloors({
    ...{ ...sets, statisticOf: fastStatistic, poolOf: options.poolOf, draws: fastDraws },
    directionOf: (metric) => FAST_DIRECTIONS[metric],
  });
  const { fid } = await besideFloors({
    ...{ ...sets, statisticOf: fidStatistic, draws: 4 * trials },
    directionOf: () => 'lower',
  });
  onStep('calibrated Fréchet distance', calibrationDraws === 0 ? 0 : calibrationDraws + 20);
  const calibrated = await calibration();
  onStep('FID∞', 2);
  const carried = (sizes: 'generated' | 'both') => {
    const result = extrapolateFrechetDistance(reference, generated, { seed, confidence, sizes });
    onDraw();
    return result;
  };
  const extrapolated = { generated: carried('generated'), both: carried('both') };
  const further = await furtherMetrics(sets, options);
  const metrics: DiagnosedMetric[] = [
    { metric: 'fid', value: calibrated.naive, ...fid },
    { metric: 'fid-calibrated', ...measured(calibrated) },
    { metric: 'fid-infinity', ...measured(extrapolated.both) },
    ...(options.logits
      ? [{ metric: 'is-infinity', ...measured(extrapolateInceptionScore(options.logits, { seed, confidence })) }]
      : []),
    ...Object.entries(intervals).map(([metric, interval]) => ({ metric, ...measured(interval), ...fast[metric] })),
    ...further.metrics,
  ];
  return {
    ...{ metrics: corrected(metrics), calibrated, extrapolated },
    warnings: [...calibrated.warnings, ...further.warnings],
  };
}

/** Starts the calibrated distance where it can run beside the rest; what is returned waits for it, or computes it. */
function beginCalibration(
  reference: Matrix,
  generated: Matrix,
  settings: CalibratedOptions,
  { calibrate, onDraw = () => {} }: DiagnoseOptions,
): () => Promise<CalibratedDistance> {
  if (!calibrate) {
    return () => Promise.resolve(calibratedFrechetDistance(reference, generated, { ...settings, onStep: onDraw }));
  }
  let ahead = 0;
  let onStep = () => {
    ahead += 1;
  };
  const result = calibrate(reference, generated, { ...settings, onStep: () => onStep() });
  // A failure is for whoever waits below, however late.
  result.catch(() => {});
  return () => {
    for (; ahead > 0; ahead--) onDraw();
    onStep = onDraw;
    return result;
  };
}

/** FID of rows from inner products. */
function fidStatistic(reference: Matrix, generated: Matrix): Statistic {
  const products = new CrossProducts(reference, generated);
  return (draw) => ({ fid: naiveDistance(products.moments(draw.reference, draw.generated)) });
}

type Sets = Pick<Parameters<typeof besideFloors>[0], 'reference' | 'generated' | 'seed' | 'groups' | 'onDraw'>;

/** Metrics from outside; one that refuses the sets, or parts of them, is left out and named. */
async function furtherMetrics(sets: Sets, { metrics = [], trials = 5, onStep }: DiagnoseOptions) {
  const found: DiagnosedMetric[] = [];
  const warnings: string[] = [];
  for (const { metric, direction, compute } of metrics) {
    const draws = Math.max(2, trials);
    onStep?.(metric, floorDraws(draws));
    try {
      const value = compute(sets.reference, sets.generated);
      const beside = await besideFloors({
        ...{ ...sets, draws, directionOf: () => direction },
        statisticOf: (x, y) => statisticOf(x, y, { [metric]: compute }),
      });
      found.push({ metric, value, ...beside[metric] });
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      warnings.push(`${metric} was left out: ${error.message}`);
    }
  }
  return { metrics: found, warnings };
}

function measured({ value, standardError, interval }: Omit<DiagnosedMetric, 'metric'>) {
  return {
    value,
    ...(standardError === undefined ? {} : { standardError }),
    ...(interval ? { interval } : {}),
  };
}

/** Holm's correction over the metrics that have a p-value. */
function corrected(metrics: readonly DiagnosedMetric[]): DiagnosedMetric[] {
  const tested = metrics.filter(({ pValue }) => pValue !== undefined);
  const adjusted = holm(tested.map(({ pValue }) => pValue!));
  return metrics.map((metric) => {
    const at = tested.indexOf(metric);
    return at < 0 ? metric : { ...metric, adjustedPValue: adjusted[at] };
  });
}
