import type { Matrix } from '@plateau/numerics';
import { bootstrapIntervals } from '../resampling/bootstrap-intervals.js';
import { fastStatistic } from '../resampling/fast-statistic.js';
import { jackknifeIntervals } from '../resampling/jackknife-intervals.js';
import type { Interval } from '../resampling/resampling-options.js';
import { serialPool } from '../resampling/draw.js';
import { subsamplingIntervals } from '../resampling/subsampling-intervals.js';
import type { DiagnoseOptions } from './diagnose-options.js';

/** Bundles left out in turn by the jackknife and for the bootstrap's acceleration. */
const BUNDLES = 20;

/** Draws that `fastIntervals` makes, where each set has at least 20 images or groups. */
export function intervalDraws({ method = 'bootstrap', draws = 1000 }: DiagnoseOptions): number {
  const leftOut = method === 'subsampling' ? 0 : 2 * BUNDLES;
  return 1 + leftOut + (method === 'jackknife' ? 0 : draws);
}

/** Shares of samples, which no interval leaves [0, 1] for. */
const SHARES = ['precision', 'recall', 'coverage'];

/** Intervals of the fast metrics by the method asked for. */
export async function fastIntervals(
  reference: Matrix,
  generated: Matrix,
  options: DiagnoseOptions,
): Promise<Record<string, Interval>> {
  const { method = 'bootstrap', draws, confidence, seed, groups, onDraw } = options;
  const n = { reference: reference.rows, generated: generated.rows };
  const pool = options.poolOf?.(reference, generated) ?? serialPool(fastStatistic(reference, generated));
  const settings = { n, statistic: () => ({}), confidence, seed, groups, pool, onDraw };
  const intervals = await {
    jackknife: () => jackknifeIntervals({ ...settings, bundles: BUNDLES }),
    subsampling: () => subsamplingIntervals({ ...settings, draws }),
    bootstrap: () => bootstrapIntervals({ ...settings, draws, bundles: BUNDLES }),
  }[method]();
  return Object.fromEntries(
    Object.entries(intervals).map(([metric, found]) => [metric, SHARES.includes(metric) ? withinShare(found) : found]),
  );
}

function withinShare(found: Interval): Interval {
  const [low, high] = found.interval;
  return { ...found, interval: [Math.max(0, low), Math.min(1, high)] };
}
