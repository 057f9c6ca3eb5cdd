import { cumulativeStdNormalProbability, mean, probit, quantile, standardDeviation } from 'simple-statistics';
import { drawBlocks } from './blocks.js';
import { checkCount } from './check-settings.js';
import { influences, leaveOutDraws } from './leave-out.js';
import { planResampling, type Interval, type ResamplingOptions } from './resampling-options.js';

/** Settings of `bootstrapIntervals`. */
export interface BootstrapOptions extends ResamplingOptions {
  /** Default 1000. */
  readonly draws?: number;
  /** Bundles of images left out in turn for the acceleration; default 20. */
  readonly bundles?: number;
}

/** Share of the draws beyond the value under which BCa is not used. */
const ONE_SIDED = 0.15;

/**
 * Bias-corrected and accelerated bootstrap intervals (BCa: Efron 1987): images, or groups of them, are drawn with
 * replacement from both sets.
 *
 * Where the draws lie so far to one side of the value that few pass it (a statistic whose bias exceeds
 * its spread, such as precision or a squared distance of means), BCa would collapse onto an end of the draws. The interval
 * is then the draws' quantiles moved to the value: how far the score of that many images may be off, bias included in both.
 *
 * The statistic must bear repeated rows. The Fréchet distance and the Vendi score don't (a bootstrap sample has a lower
 * rank): use `jackknifeIntervals` or `subsamplingIntervals` for them.
 * @returns one interval for each number that the statistic gives
 * @throws RangeError for fewer than 20 draws or options that do not fit the sets
 * @example (await bootstrapIntervals({ n, statistic, draws: 1000 })).kid.interval
 */
export async function bootstrapIntervals(options: BootstrapOptions): Promise<Record<string, Interval>> {
  const { draws: count = 1000, bundles = 20 } = options;
  checkCount('draws', count, 20);
  checkCount('bundles', bundles, 2);
  const plan = planResampling(options);
  const { blocks, random } = plan;
  const left = leaveOutDraws(plan, bundles, random);
  const resampled = Array.from({ length: count }, () => ({
    reference: drawBlocks(blocks.reference, random),
    generated: drawBlocks(blocks.generated, random),
  }));
  const measured = await plan.measure([plan.whole, ...left.map(({ draw }) => draw), ...resampled]);
  const [whole] = measured;
  return Object.fromEntries(
    Object.entries(whole).map(([name, value]) => {
      const column = measured.map((numbers) => numbers[name]);
      const values = column.slice(1 + left.length);
      const acceleration = accelerationOf(influences(left, column.slice(1, 1 + left.length)));
      const share = shareBelow(values, value);
      const oneSided = share < ONE_SIDED || share > 1 - ONE_SIDED;
      const interval = oneSided
        ? centred(values, value, plan.confidence)
        : accelerated(values, share, acceleration, plan.confidence);
      const method = oneSided ? ('centred' as const) : ('bca' as const);
      return [name, { value, standardError: standardDeviation(values), interval, method }];
    }),
  );
}

function accelerationOf(parts: readonly number[]): number {
  const squares = parts.reduce((sum, part) => sum + part ** 2, 0);
  return squares === 0 ? 0 : parts.reduce((sum, part) => sum + part ** 3, 0) / (6 * squares ** 1.5);
}

function shareBelow(values: readonly number[], value: number): number {
  const below = values.filter((drawn) => drawn < value).length + values.filter((drawn) => drawn === value).length / 2;
  return below / values.length;
}

function accelerated(
  values: readonly number[],
  share: number,
  acceleration: number,
  confidence: number,
): readonly [number, number] {
  const bias = probit(share);
  const end = (probability: number): number => {
    const z = bias + probit(probability);
    return quantile(values as number[], cumulativeStdNormalProbability(bias + z / (1 - acceleration * z)));
  };
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}

function centred(values: readonly number[], value: number, confidence: number): readonly [number, number] {
  const shift = value - mean(values as number[]);
  const end = (probability: number) => quantile(values as number[], probability) + shift;
  return [end((1 - confidence) / 2), end((1 + confidence) / 2)];
}
