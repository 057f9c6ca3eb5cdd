import { holm, RandomState, selectRows, type Matrix } from '@plateau/numerics';
import type { Groups } from '../resampling/blocks.js';
import { compareGenerators, type GeneratorComparison } from '../resampling/compare-generators.js';
import { fastStatistic } from '../resampling/fast-statistic.js';
import { FAST_DIRECTIONS } from './compared-metric.js';
import type { DiagnoseOptions } from './diagnose-options.js';
import { SIGNIFICANT } from './verdict.js';

/** One metric of two generators: `first` is the generated set, `second` the one it is held against. */
export interface ComparedRow extends GeneratorComparison {
  readonly metric: string;
  /** Corrected by Holm over all metrics compared. */
  readonly adjustedPValue: number;
}

/** Two generated sets held against one reference. */
export interface ComparedOnReference {
  /** Images of either generated set: as many as the smaller one has. */
  readonly n: number;
  readonly metrics: readonly ComparedRow[];
  /** Which set is better by what, or that nothing tells them apart. */
  readonly verdict: string;
}

/** Bundles left out in turn for the intervals. */
const BUNDLES = 20;

/** Measurements that `compareOnReference` makes, where each set has at least 20 images or groups. */
export function comparisonDraws({ draws = 1000 }: DiagnoseOptions): number {
  return 2 * (1 + 3 * BUNDLES + exchanges(draws));
}

/** Compares the generated set with `against` by every fast metric, on as many images of each. */
export async function compareOnReference(
  reference: Matrix,
  generated: Matrix,
  against: Matrix,
  options: DiagnoseOptions,
): Promise<ComparedOnReference> {
  const { seed = 2020, draws = 1000, groups = {}, confidence, onDraw } = options;
  const n = Math.min(generated.rows, against.rows);
  const random = new RandomState(seed);
  const rows = [generated, against].map((set) => (set.rows === n ? undefined : random.choice(set.rows, n).sort()));
  const stacked = stack(pick(generated, rows[0]), pick(against, rows[1]));
  const labels = [
    labelsOf(groups.generated, rows[0], n, 'generated'),
    labelsOf(groups.against, rows[1], n, 'against'),
  ].flat();
  const pool = options.poolOf?.(reference, stacked);
  const compared = await compareGenerators({
    ...{ n: { reference: reference.rows, first: n, second: n }, draws: exchanges(draws), bundles: BUNDLES },
    ...{ confidence, seed, onDraw, groups: { reference: groups.reference, generated: labels } },
    statistic: pool ? () => ({}) : fastStatistic(reference, stacked),
    pool,
  });
  const adjusted = holm(Object.values(compared).map(({ pValue }) => pValue));
  const metrics = Object.entries(compared).map(([metric, row], i) => ({ metric, ...row, adjustedPValue: adjusted[i] }));
  return { n, metrics, verdict: verdictOf(metrics) };
}

/** One exchange fewer, so that p-values are multiples of one over a round number. */
function exchanges(draws: number): number {
  return Math.max(19, draws - 1);
}

function pick(set: Matrix, rows: Int32Array | undefined): Matrix {
  return rows ? selectRows(set, rows) : set;
}

function stack(first: Matrix, second: Matrix): Matrix {
  const data = new Float64Array(first.data.length + second.data.length);
  data.set(first.data);
  data.set(second.data, first.data.length);
  return { data, rows: first.rows + second.rows, cols: first.cols };
}

/** Labels of the rows taken; where a set has none, each row is its own. */
function labelsOf(groups: Groups | undefined, rows: Int32Array | undefined, n: number, role: string): Groups {
  if (!groups) return Array.from({ length: n }, (_, row) => `${role}, row ${row}`);
  return rows ? Array.from(rows, (row) => groups[row]) : groups;
}

function verdictOf(metrics: readonly ComparedRow[]): string {
  const apart = metrics.filter(({ adjustedPValue }) => adjustedPValue <= SIGNIFICANT);
  const tested = `${metrics.length} tested, Holm, 5 %`;
  if (apart.length === 0) return `No metric tells the two generated sets apart (${tested})`;
  const better = apart.filter(({ metric, difference }) => difference < 0 === (FAST_DIRECTIONS[metric] === 'lower'));
  const worse = apart.filter((row) => !better.includes(row));
  const part = (rows: readonly ComparedRow[], word: string) =>
    rows.length === 0 ? [] : [`${word} by ${rows.map(({ metric }) => metric).join(', ')}`];
  const findings = [...part(better, 'better'), ...part(worse, 'worse')].join(' and ');
  return `The generated set is ${findings} than the one it is held against (${apart.length} of ${tested})`;
}
