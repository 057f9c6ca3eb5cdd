import { RandomState } from '@plateau/numerics';
import { blocksOf, rowsOf, type Groups } from '../resampling/blocks.js';
import { checkCount } from '../resampling/check-settings.js';
import { serialPool, type DrawPool, type Statistic } from '../resampling/draw.js';

/** Settings of `splitHalfFloors`. */
export interface FloorOptions {
  /** Rows of the reference. */
  readonly rows: number;
  /** Measures one part of the reference against another; its two sets are both the reference. */
  readonly statistic: Statistic;
  /** Rows of either part; default half the reference. */
  readonly n?: number;
  /** Draws of two disjoint parts; default 20. */
  readonly draws?: number;
  /** Default 2020. */
  readonly seed?: number;
  /** Labels of rows that stay together. */
  readonly groups?: Groups;
  readonly pool?: DrawPool;
  readonly onDraw?: () => void;
}

/** What a metric gives for the reference against itself. */
export interface Floor {
  readonly mean: number;
  /** ddof 1; missing for one draw. */
  readonly std?: number;
  readonly n: number;
  readonly values: readonly number[];
}

/**
 * The reference against itself: two disjoint parts of n images, drawn over and over. What a perfect generator would score
 * at that n.
 * @returns one floor for each number that the statistic gives
 * @throws RangeError when two parts of n need more images than there are, saying how many
 * @example (await splitHalfFloors({ rows: x.rows, statistic: fastStatistic(x, x), n: 500 })).kid.mean
 */
export async function splitHalfFloors(options: FloorOptions): Promise<Record<string, Floor>> {
  const { rows, n = Math.floor(rows / 2), draws = 20, seed = 2020, groups, onDraw = () => {} } = options;
  checkCount('draws', draws, 1);
  checkCount('n', n, 2);
  if (2 * n > rows) throw new RangeError(`two parts of ${n} need ${2 * n} images and there are ${rows}: lower n`);
  const random = new RandomState(seed);
  const blocks = blocksOf(rows, groups, 'the reference set');
  const parts = Array.from({ length: draws }, () => splitBlocks(blocks, n, random));
  const measured = await (options.pool ?? serialPool(options.statistic))(parts, onDraw);
  return Object.fromEntries(
    Object.keys(measured[0]).map((name) => {
      const values = measured.map((numbers) => numbers[name]);
      const mean = values.reduce((sum, value) => sum + value, 0) / draws;
      const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
      return [name, { mean, ...(draws > 1 ? { std: Math.sqrt(squares / (draws - 1)) } : {}), n, values }];
    }),
  );
}

/** Whole blocks until each part has n rows; with groups, the last block of a part may be cut. */
function splitBlocks(blocks: readonly Int32Array[], n: number, random: RandomState) {
  const order = Array.from(random.permutation(blocks.length), (block) => blocks[block]);
  let at = 0;
  const take = () => {
    const taken: Int32Array[] = [];
    for (let count = 0; count < n && at < order.length; at++) {
      taken.push(order[at]);
      count += order[at].length;
    }
    const rows = rowsOf(taken).subarray(0, n);
    if (rows.length < n) {
      throw new RangeError(`groups leave only ${rows.length} of ${n} images for a second part: lower n or add groups`);
    }
    return rows;
  };
  return { reference: take(), generated: take() };
}

/** How much of the way from floor to ceiling a position is. */
export function wayToCeiling(position: number): string {
  return position > 1 ? 'over 100 %' : `${Math.max(0, Math.round(100 * position))} %`;
}

/** The percentile up to which a score is worse than chance lets the reference's own parts be. */
export const WORSE_THAN_CHANCE = 5;

/** Where a score stands between the reference against itself and a stated ceiling. */
export interface Standing {
  /** 0 at the floor's mean, 1 at the ceiling; missing without a ceiling. */
  readonly position?: number;
  /** Share of the floor's draws that are no better than the score, in percent: at 5 or less it is worse than chance. */
  readonly percentile: number;
  readonly sentence: string;
}

/**
 * Puts a score between floor and ceiling.
 * @param score the observed value, at the floor's n
 * @param options.direction whether more is better; `none` where the floor's mean is best
 * @param options.ceiling a score that means nothing is right: noise images, another class …
 * @example standing(64, floor, { direction: 'lower' }).sentence
 */
export function standing(
  score: number,
  floor: Floor,
  options: { readonly direction: 'higher' | 'lower' | 'none'; readonly ceiling?: number },
): Standing {
  const { direction, ceiling } = options;
  const badness = (value: number) =>
    direction === 'lower' ? value : direction === 'higher' ? -value : Math.abs(value - floor.mean);
  const noBetter = (value: number) => badness(value) >= badness(score);
  const percentile = (100 * floor.values.filter(noBetter).length) / floor.values.length;
  const position =
    ceiling === undefined || ceiling === floor.mean ? undefined : (score - floor.mean) / (ceiling - floor.mean);
  const between = position === undefined ? '' : `, ${wayToCeiling(position)} of the way to the ceiling`;
  const sentence =
    percentile > WORSE_THAN_CHANCE
      ? `as close as two parts of the reference of ${floor.n} images are to each other${between}`
      : `farther than two parts of the reference of ${floor.n} images are from each other${between}`;
  return { ...(position === undefined ? {} : { position }), percentile, sentence };
}
