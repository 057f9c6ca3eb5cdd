import { RandomState } from '@plateau/numerics';
import { blocksOf, bundleBlocks, checkSeparateGroups, rowsOf, type Groups } from './blocks.js';
import { checkConfidence, checkCount } from './check-settings.js';
import { serialPool, type DrawPool, type Measurements, type Statistic } from './draw.js';
import { studentQuantile } from './student-quantile.js';

/** Settings of `compareGenerators`. */
export interface ComparisonOptions {
  /** Rows of the reference and of either generated set. */
  readonly n: { readonly reference: number; readonly first: number; readonly second: number };
  /** Measures reference rows against rows of both generated sets stacked, the first set on top. */
  readonly statistic: Statistic;
  /** Random exchanges; default 999. */
  readonly draws?: number;
  /** Bundles of images of each of the three sets that are left out in turn for the interval; default 20. */
  readonly bundles?: number;
  /** Of the interval; default 0.9. */
  readonly confidence?: number;
  /** Default 2020. */
  readonly seed?: number;
  /** Labels of the reference's rows and of the stacked ones: images of one group stay together. */
  readonly groups?: { readonly reference?: Groups; readonly generated?: Groups };
  readonly pool?: DrawPool;
  /** Called after each of at most 2·(1 + 3·bundles + draws) measurements. */
  readonly onDraw?: () => void;
}

/** Two generators held against one reference. */
export interface GeneratorComparison {
  readonly first: number;
  readonly second: number;
  readonly difference: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  /** Two-sided: how often sets exchanged at random differ at least as much. */
  readonly pValue: number;
}

interface Sets {
  readonly reference: Int32Array;
  readonly first: Int32Array;
  readonly second: Int32Array;
}

/**
 * Tests whether two generators differ on the same reference: images are exchanged between the two generated sets at
 * random (Pitman's permutation test; Phipson & Smyth 2010 for the p-value). Exact for any metric, biased ones too, as long
 * as both sets are of one size. The null hypothesis is that both sets come from one distribution. The interval of the
 * difference is a delete-group jackknife over all three sets, in which both generators meet the same part of the reference.
 * @returns one comparison for each number that the statistic gives; correct many by `holm`
 * @throws RangeError when the generated sets differ in size (subsample the larger) or are empty, labels do not fit or are in
 * the reference too, or a set is of one group
 * @example (await compareGenerators({ n, statistic })).kid.pValue
 */
export async function compareGenerators(options: ComparisonOptions): Promise<Record<string, GeneratorComparison>> {
  const { n, draws = 999, bundles = 20, confidence = 0.9, seed = 2020, groups = {}, onDraw = () => {} } = options;
  checkCount('draws', draws, 19);
  checkCount('bundles', bundles, 2);
  checkConfidence(confidence);
  if (n.first !== n.second || n.first < 2) {
    throw new RangeError(
      `the generated sets have ${n.first} and ${n.second} rows: give two of one size of at least 2, since metrics depend on it`,
    );
  }
  checkSeparateGroups(groups.reference, groups.generated);
  const random = new RandomState(seed);
  const rows = (from: number, count: number) => Int32Array.from({ length: count }, (_, i) => from + i);
  const whole: Sets = { reference: rows(0, n.reference), first: rows(0, n.first), second: rows(n.first, n.first) };
  const stacked = blocksOf(2 * n.first, groups.generated, 'the generated sets');
  const exchanged = Array.from({ length: draws }, () => {
    const order = rowsOf(Array.from(random.permutation(stacked.length), (block) => stacked[block]));
    return { ...whole, first: order.subarray(0, n.first), second: order.subarray(n.first) };
  });
  const blocks = {
    reference: blocksOf(n.reference, groups.reference, 'the reference set'),
    first: within(stacked, 0, n.first, 'first'),
    second: within(stacked, n.first, 2 * n.first, 'second'),
  };
  const left = (['reference', 'first', 'second'] as const).map((role) =>
    bundleBlocks(blocks[role], bundles, random).map((bundle) => {
      const out = new Set(bundle);
      return { ...whole, [role]: whole[role].filter((row) => !out.has(row)) };
    }),
  );
  const all = [whole, ...left.flat(), ...exchanged];
  const pool = options.pool ?? serialPool(options.statistic);
  const measured = await pool(
    all.flatMap(({ reference, first, second }) => [
      { reference, generated: first },
      { reference, generated: second },
    ]),
    onDraw,
  );
  const freedom = Math.min(...left.map((part) => part.length)) - 1;
  const width = studentQuantile((1 + confidence) / 2, freedom);
  return Object.fromEntries(
    Object.keys(measured[0]).map((name) => {
      const [difference, ...differences] = differencesOf(measured, name);
      const standardError = Math.sqrt(jackknifeVariance(left, differences));
      const extreme = differences
        .slice(-draws)
        .filter((value) => Math.abs(value) >= Math.abs(difference) * (1 - 1e-12)).length;
      const comparison: GeneratorComparison = {
        ...{ first: measured[0][name], second: measured[1][name], difference, standardError },
        interval: [difference - width * standardError, difference + width * standardError],
        pValue: (extreme + 1) / (draws + 1),
      };
      return [name, comparison];
    }),
  );
}

/** The parts of blocks that lie in a range of rows. */
function within(blocks: readonly Int32Array[], from: number, to: number, role: string): Int32Array[] {
  const parts = blocks.map((block) => block.filter((row) => row >= from && row < to));
  const filled = parts.filter((block) => block.length > 0);
  if (filled.length < 2) {
    throw new RangeError(`all rows of the ${role} generated set are of one group: at least 2 groups are needed`);
  }
  return filled;
}

/** First less second, of measurements that alternate. */
function differencesOf(measured: readonly Measurements[], name: string): number[] {
  return Array.from({ length: measured.length / 2 }, (_, k) => measured[2 * k][name] - measured[2 * k + 1][name]);
}

/** The sum over the sets of the variances that leaving out their bundles gives. */
function jackknifeVariance(left: readonly (readonly Sets[])[], differences: readonly number[]): number {
  let at = 0;
  return left.reduce((total, { length }) => {
    const values = differences.slice(at, (at += length));
    const mean = values.reduce((sum, value) => sum + value, 0) / length;
    return total + (values.reduce((sum, value) => sum + (value - mean) ** 2, 0) * (length - 1)) / length;
  }, 0);
}
