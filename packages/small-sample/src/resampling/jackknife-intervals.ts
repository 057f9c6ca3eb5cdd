import { checkCount } from './check-settings.js';
import { influences, leaveOutDraws } from './leave-out.js';
import { planResampling, type Interval, type ResamplingOptions } from './resampling-options.js';
import { studentQuantile } from './student-quantile.js';

/** Settings of `jackknifeIntervals`. */
export interface JackknifeOptions extends ResamplingOptions {
  /** Bundles of images (or of groups) left out in turn, of either set; default 20. */
  readonly bundles?: number;
}

/**
 * Intervals by the delete-group jackknife: one bundle of images is left out at a time. No image is drawn twice, so
 * it suits metrics that duplicates upset (Fréchet distance, Vendi score); 2·bundles evaluations.
 * @returns one interval for each number that the statistic gives
 * @throws RangeError for fewer than 2 bundles or options that do not fit the sets
 * @example (await jackknifeIntervals({ n, statistic: ({ generated }) => ({ rows: generated.length }) })).rows.standardError
 */
export async function jackknifeIntervals(options: JackknifeOptions): Promise<Record<string, Interval>> {
  const { bundles = 20 } = options;
  checkCount('bundles', bundles, 2);
  const plan = planResampling(options);
  const draws = leaveOutDraws(plan, bundles, plan.random);
  const [whole, ...rest] = await plan.measure([plan.whole, ...draws.map(({ draw }) => draw)]);
  const freedom = Math.min(...draws.map(({ bundles: count }) => count)) - 1;
  const width = studentQuantile((1 + plan.confidence) / 2, freedom);
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => {
      const parts = influences(
        draws,
        rest.map((measured) => measured[name]),
      );
      const variance = parts.reduce((sum, part, i) => sum + (part ** 2 * draws[i].bundles) / (draws[i].bundles - 1), 0);
      const standardError = Math.sqrt(variance);
      const interval = [value - width * standardError, value + width * standardError] as const;
      return [name, { value, standardError, interval, method: 'jackknife' as const }];
    }),
  );
}
