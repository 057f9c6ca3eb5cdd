import { quantile } from 'simple-statistics';
import { rowsOf } from './blocks.js';
import { checkCount } from './check-settings.js';
import { planResampling, type Interval, type ResamplingOptions } from './resampling-options.js';

/** Settings of `subsamplingIntervals`. */
export interface SubsamplingOptions extends ResamplingOptions {
  /** Default 200. */
  readonly draws?: number;
  /** Share of either set's images (or groups) in a subsample; default ½. */
  readonly share?: number;
}

/**
 * Intervals by subsampling without replacement (Politis & Romano 1994): the spread of the statistic over subsamples, scaled
 * by √(b/(n − b)), around the value of the whole. Bears no repeated rows and asks little of the statistic, but a statistic
 * whose bias depends on n shows its spread at the smaller size.
 * @returns one interval for each number that the statistic gives
 * @throws RangeError for fewer than 20 draws, a share outside (0, 1) or subsamples of fewer than 2 images
 * @example (await subsamplingIntervals({ n, statistic, share: 0.5 })).fid.interval
 */
export async function subsamplingIntervals(options: SubsamplingOptions): Promise<Record<string, Interval>> {
  const { draws: count = 200, share = 0.5 } = options;
  checkCount('draws', count, 20);
  if (!(share > 0 && share < 1)) throw new RangeError(`share must lie between 0 and 1, got ${share}`);
  const plan = planResampling(options);
  const { blocks, random, confidence } = plan;
  const part = (list: readonly Int32Array[]) => {
    const size = Math.floor(share * list.length);
    if (size < 2) throw new RangeError(`a subsample of ${share} of ${list.length} has fewer than 2: add images`);
    return rowsOf(Array.from(random.choice(list.length, size), (block) => list[block]));
  };
  const drawn = Array.from({ length: count }, () => ({
    reference: part(blocks.reference),
    generated: part(blocks.generated),
  }));
  const [whole, ...rest] = await plan.measure([plan.whole, ...drawn]);
  const scale = Math.sqrt(share / (1 - share));
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => {
      const values = rest.map((measured) => measured[name]);
      const mean = values.reduce((sum, item) => sum + item, 0) / count;
      const deviations = values.map((item) => scale * (item - mean));
      const standardError = Math.sqrt(deviations.reduce((sum, item) => sum + item ** 2, 0) / (count - 1));
      const interval = [
        value - quantile(deviations, (1 + confidence) / 2),
        value - quantile(deviations, (1 - confidence) / 2),
      ] as const;
      return [name, { value, standardError, interval, method: 'subsampling' as const }];
    }),
  );
}
