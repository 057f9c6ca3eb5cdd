// Measures the calibrated Fréchet distance on simulated features whose distance is known, and prints the tables of
// docs/small-sample.md:
//   npx tsx --conditions=@plateau/source tools/measure-calibration.ts --n 200 --repeats 20 --intervals 20
// `--ratio` makes the generated set that many times as large, `--intervals` says for how many of the repeats an interval is
// computed, `--cases` picks cases by name, `--extrapolate` adds FID∞ in the generated size and in both.
import { parseArgs } from 'node:util';
import { RandomState } from '@plateau/numerics';
import { calibratedFrechetDistance, extrapolateFrechetDistance } from '../packages/small-sample/src/index.js';
import { cases } from './calibration/cases.js';

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '200,500,1000' },
    ratio: { type: 'string', default: '1' },
    repeats: { type: 'string', default: '20' },
    intervals: { type: 'string', default: '20' },
    cases: { type: 'string', default: Object.keys(cases).join() },
    extrapolate: { type: 'boolean', default: false },
  },
});
const repeats = Number(values.repeats);
const intervals = Math.min(repeats, Number(values.intervals));

const columns = ['case', 'truth', 'n', 'm', 'naive − truth', 'allowed', 'bias', 'std', '90 % intervals that cover'];
if (values.extrapolate) columns.push('FID∞ − truth', 'FID∞ in both sizes − truth');
process.stdout.write(`| ${columns.join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |\n`);
let covered = 0;
let total = 0;
for (const name of values.cases.split(',')) {
  const { truth, draw, groups } = cases[name](name);
  for (const n of values.n.split(',').map(Number)) {
    const m = Math.round(n * Number(values.ratio));
    const naive: number[] = [];
    const calibrated: number[] = [];
    const carried = { generated: [] as number[], both: [] as number[] };
    let cover = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const [x, y] = draw(n, m, new RandomState(1000 * n + repeat));
      const settings = { draws: repeat < intervals ? 20 : 0, seed: repeat, groups: groups?.(n, m) };
      const result = calibratedFrechetDistance(x, y, settings);
      for (const sizes of values.extrapolate ? (['generated', 'both'] as const) : []) {
        carried[sizes].push(extrapolateFrechetDistance(x, y, { sizes, seed: repeat }).value - truth);
      }
      naive.push(result.naive - truth);
      calibrated.push(result.value - truth);
      if (result.interval && result.interval[0] <= truth && truth <= result.interval[1]) cover += 1;
    }
    covered += cover;
    total += intervals;
    const bias = mean(naive);
    const cells = [truth, n, m, bias, allowance(n, bias, truth), mean(calibrated), deviation(calibrated)];
    const numbers = cells.map((cell) => (Number.isInteger(cell) ? String(cell) : cell.toFixed(2)));
    const extra = values.extrapolate ? [mean(carried.generated).toFixed(2), mean(carried.both).toFixed(2)] : [];
    const coverage = intervals > 0 ? `${cover} of ${intervals}` : '–';
    process.stdout.write(`| ${[name, ...numbers, coverage, ...extra].join(' | ')} |\n`);
  }
}
if (total > 0) {
  process.stdout.write(`\nIntervals that cover: ${covered} of ${total} (${((100 * covered) / total).toFixed(0)} %)\n`);
}

/** The target for |bias|: 10 % of the naive bias or 3 % of the truth up to n = 200, 5 % or 2 % from 1000 on, half-way between. */
function allowance(n: number, naiveBias: number, truth: number): number {
  const [share, ofTruth] = n <= 200 ? [0.1, 0.03] : n < 1000 ? [0.075, 0.025] : [0.05, 0.02];
  return Math.max(share * naiveBias, ofTruth * truth);
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function deviation(list: readonly number[]): number {
  const center = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - center) ** 2, 0) / (list.length - 1));
}
