import { RandomState } from '@plateau/numerics';
import { blocksOf, rowsOf, type Groups } from './blocks.js';
import { checkCount } from './check-settings.js';
import { serialPool, type DrawPool, type Statistic } from './draw.js';

/** Settings of `compareGenerators`. */
export interface ComparisonOptions {
  /** Rows of the reference and of either generated set. */
  readonly n: { readonly reference: number; readonly first: number; readonly second: number };
  /** Measures reference rows against rows of both generated sets stacked, the first set on top. */
  readonly statistic: Statistic;
  /** Random exchanges; default 999. */
  readonly draws?: number;
  /** Default 2020. */
  readonly seed?: number;
  /** Labels of the stacked rows: images of one group are exchanged together. */
  readonly groups?: Groups;
  readonly pool?: DrawPool;
  readonly onDraw?: () => void;
}

/** Two generators held against one reference. */
export interface GeneratorComparison {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  /** Two-sided: how often sets exchanged at random differ at least as much. */
  readonly pValue: number;
}

/**
 * Tests whether two generators differ on the same reference: images are exchanged between the two generated sets at
 * random (Pitman's permutation test; Phipson & Smyth 2010 for the p-value). Exact for any metric, biased ones too, as long
 * as both sets are of one size. The null hypothesis is that both sets come from one distribution.
 * @returns one comparison for each number that the statistic gives; correct many by `holm`
 * @throws RangeError when the generated sets differ in size (subsample the larger) or are empty
 * @example (await compareGenerators({ n, statistic })).kid.pValue
 */
export async function compareGenerators(options: ComparisonOptions): Promise<Record<string, GeneratorComparison>> {
  const { n, draws = 999, seed = 2020, onDraw = () => {} } = options;
  checkCount('draws', draws, 19);
  if (n.first !== n.second || n.first < 2) {
    throw new RangeError(
      `the generated sets have ${n.first} and ${n.second} rows: give two of one size of at least 2, since metrics depend on it`,
    );
  }
  const random = new RandomState(seed);
  const reference = Int32Array.from({ length: n.reference }, (_, i) => i);
  const blocks = blocksOf(2 * n.first, options.groups, 'the generated sets');
  const orders = Array.from({ length: draws }, () =>
    rowsOf(Array.from(random.permutation(blocks.length), (block) => blocks[block])),
  );
  const all = [Int32Array.from({ length: 2 * n.first }, (_, i) => i), ...orders];
  const pool = options.pool ?? serialPool(options.statistic);
  const measured = await pool(
    all.flatMap((order) => [
      { reference, generated: order.subarray(0, n.first) },
      { reference, generated: order.subarray(n.first) },
    ]),
    onDraw,
  );
  return Object.fromEntries(
    Object.keys(measured[0]).map((name) => {
      const differences = orders.map((_, k) => measured[2 * k + 2][name] - measured[2 * k + 3][name]);
      const [first, second] = [measured[0][name], measured[1][name]];
      const difference = first - second;
      const extreme = differences.filter((value) => Math.abs(value) >= Math.abs(difference) * (1 - 1e-12)).length;
      return [name, { first, second, difference, pValue: (extreme + 1) / (draws + 1) }];
    }),
  );
}
