// Measures the calibrated Fréchet distance against Gaussian and rectified features whose distance is known, and prints the
// tables of docs/small-sample.md:
//   npx tsx --conditions=@plateau/source tools/measure-calibration.ts --n 200,500,1000 --repeats 20 --intervals 20
// `--extrapolate` adds FID∞ in the generated size and in both; `--intervals` says for how many of the repeats an interval is computed, `--cases` picks cases by name.
import { parseArgs } from 'node:util';
import { frechetDistance, GaussianStatistics } from '@plateau/fidelity';
import { gram, multiplyTransposed, nuclearNorm, RandomState, transposeCentered, type Matrix } from '@plateau/numerics';
import { calibratedFrechetDistance, extrapolateFrechetDistance } from '../packages/small-sample/src/index.js';

const D = 2048;

/** Two distributions of features and the Fréchet distance between them. */
interface Case {
  readonly name: string;
  readonly truth: number;
  draw(n: number, random: RandomState): [Matrix, Matrix];
}

const { values } = parseArgs({
  options: {
    n: { type: 'string', default: '200,500,1000' },
    repeats: { type: 'string', default: '20' },
    intervals: { type: 'string', default: '20' },
    cases: { type: 'string' },
    extrapolate: { type: 'boolean', default: false },
  },
});
const sizes = values.n.split(',').map(Number);
const repeats = Number(values.repeats);
const intervals = Number(values.intervals);

const columns = ['case', 'truth', 'n', 'naive − truth', 'allowed', 'bias', 'std', '90 % intervals that cover'];
if (values.extrapolate) columns.push('FID∞ − truth', 'FID∞ in both sizes − truth');
process.stdout.write(`| ${columns.join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |\n`);
let covered = 0;
let total = 0;
for (const { name, truth, draw } of cases()) {
  if (values.cases !== undefined && !values.cases.split(',').includes(name)) continue;
  for (const n of sizes) {
    const naive: number[] = [];
    const calibrated: number[] = [];
    const carried = { generated: [] as number[], both: [] as number[] };
    let cover = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const [x, y] = draw(n, new RandomState(1000 * n + repeat));
      const result = calibratedFrechetDistance(x, y, { draws: repeat < intervals ? 20 : 0, seed: repeat });
      for (const side of values.extrapolate ? (['generated', 'both'] as const) : []) {
        carried[side].push(extrapolateFrechetDistance(x, y, { sizes: side, seed: repeat }).value - truth);
      }
      naive.push(result.naive);
      calibrated.push(result.value);
      if (result.interval && result.interval[0] <= truth && truth <= result.interval[1]) cover += 1;
    }
    const naiveBias = mean(naive) - truth;
    const [share, ofTruth] = n <= 200 ? [0.1, 0.03] : n < 1000 ? [0.075, 0.025] : [0.05, 0.02];
    const allowed = Math.max(share * naiveBias, ofTruth * truth);
    const intervalCount = Math.min(intervals, repeats);
    covered += cover;
    total += intervalCount;
    const cells = [truth, n, naiveBias, allowed, mean(calibrated) - truth, deviation(calibrated)];
    const numbers = cells.map((cell) => (Number.isInteger(cell) ? String(cell) : cell.toFixed(2)));
    const extra = values.extrapolate ? [mean(carried.generated).toFixed(2), mean(carried.both).toFixed(2)] : [];
    process.stdout.write(`| ${[name, ...numbers, `${cover} of ${intervalCount}`, ...extra].join(' | ')} |\n`);
  }
}
if (total > 0)
  process.stdout.write(`\nIntervals that cover: ${covered} of ${total} (${((100 * covered) / total).toFixed(0)} %)\n`);

/** The four cases of the issue and three others: rotated eigenvectors, a bent spectrum, rectified features; and one made to fail. */
function* cases(): Generator<Case> {
  const slow = spectrum((i) => 1 / i, 60);
  yield diagonal('1/i equal', slow, slow, 0);
  yield diagonal(
    '1/i trace 72 shifted',
    slow,
    spectrum((i) => 1 / i, 72),
    0.5,
  );
  yield diagonal(
    'i^-1.3 shifted',
    slow,
    spectrum((i) => i ** -1.3, 48),
    0.3,
  );
  yield diagonal(
    'i^-2 shifted',
    slow,
    spectrum((i) => i ** -2, 30),
    0.8,
  );
  yield rotated(
    'eigenvectors rotated',
    slow,
    spectrum((i) => i ** -1.1, 55),
    0.4,
  );
  yield diagonal(
    'bent spectra',
    spectrum((i) => i ** -0.8 * Math.exp(-i / 400), 60),
    spectrum((i) => i ** -0.8 * Math.exp(-i / 300), 50),
    0.5,
  );
  const latent = [spectrum((i) => 1 / i, D), spectrum((i) => i ** -1.2, 0.9 * D)] as const;
  yield rectified('rectified', ...latent, 0.05);
  yield resonant('rectified resonant', ...latent, 0.05);
}

function spectrum(shape: (i: number) => number, trace: number): Float64Array {
  const values = Float64Array.from({ length: D }, (_, i) => shape(i + 1));
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (value * trace) / sum);
}

/** Independent columns; the means of the first 20 differ. */
function diagonal(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const covarianceTerm = x.reduce((sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(y[i])) ** 2, 0);
  return {
    name,
    truth: 20 * shift ** 2 + covarianceTerm,
    draw: (n, random) => [normal(n, x, random), shifted(normal(n, y, random), shift, 20)],
  };
}

/** As `diagonal`, with the eigenvectors of the second set turned in three passes of plane rotations. */
function rotated(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const random = new RandomState(5);
  const turns = Array.from({ length: 3 * (D / 2) }, () => ({ i: 0, j: 0, cos: 1, sin: 0 }));
  for (let pass = 0; pass < 3; pass++) {
    const keys = Float64Array.from({ length: D }, (_, i) => Math.log(i + 1) + 0.5 * random.randn());
    const order = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b]);
    for (let pair = 0; pair < D / 2; pair++) {
      const angle = 0.5 * random.randn();
      const [i, j] = [order[2 * pair], order[2 * pair + 1]];
      turns[(pass * D) / 2 + pair] = { i, j, cos: Math.cos(angle), sin: Math.sin(angle) };
    }
  }
  const turn = (matrix: Matrix): Matrix => {
    const { data, rows } = matrix;
    for (let row = 0; row < rows; row++) {
      for (const { i, j, cos, sin } of turns) {
        const [a, b] = [data[row * D + i], data[row * D + j]];
        data[row * D + i] = cos * a - sin * b;
        data[row * D + j] = sin * a + cos * b;
      }
    }
    return matrix;
  };
  const factor = (variances: Float64Array): Matrix => {
    const data = new Float64Array(D * D);
    variances.forEach((value, i) => (data[i * D + i] = Math.sqrt(value)));
    return { data, rows: D, cols: D };
  };
  const cross = nuclearNorm(multiplyTransposed(factor(x), turn(factor(y))));
  const trace = (variances: Float64Array) => variances.reduce((sum, value) => sum + value, 0);
  return {
    name,
    truth: 20 * shift ** 2 + trace(x) + trace(y) - 2 * cross,
    draw: (n, stream) => [normal(n, x, stream), shifted(turn(normal(n, y, stream)), shift, 20)],
  };
}

/** max(0, ·) of normal features mixed by a random orthogonal matrix, from the moments of rectified normals. */
function rectified(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const signs = new RandomState(77).randn(3, D).map(Math.sign);
  const mix = (row: Float64Array): void => {
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < D; i++) row[i] *= signs[round * D + i];
      hadamard(row);
      for (let i = 0; i < D; i++) row[i] /= Math.sqrt(D);
    }
  };
  const statistics = (variances: Float64Array, offset: number): GaussianStatistics => {
    const factor = new Float64Array(D * D);
    for (let i = 0; i < D; i++) {
      factor[i * D + i] = Math.sqrt(variances[i]);
      mix(factor.subarray(i * D, (i + 1) * D));
    }
    const covariance = gram(transposeCentered({ data: factor, rows: D, cols: D }, new Float64Array(D))).data;
    const deviations = Float64Array.from({ length: D }, (_, i) => Math.sqrt(covariance[i * D + i]));
    const means = deviations.map((deviation) => deviation / Math.sqrt(2 * Math.PI));
    const rectifiedCovariance = covariance.map((value, at) => {
      const [i, j] = [Math.floor(at / D), at % D];
      return rectifiedMoment(value, deviations[i] * deviations[j]) - means[i] * means[j];
    });
    const mean = means.map((value) => value + offset);
    return GaussianStatistics.fromMoments(mean, { data: rectifiedCovariance, rows: D, cols: D }, 2);
  };
  const [first, second] = [statistics(x, 0), statistics(y, shift)];
  const scale = 60 / first.variances().reduce((sum, value) => sum + value, 0);
  return {
    name,
    truth: scale * frechetDistance(first, second).value,
    draw: (n, random) => [
      rectify(normal(n, x, random), mix, 0, Math.sqrt(scale)),
      rectify(normal(n, y, random), mix, shift, Math.sqrt(scale)),
    ],
  };
}

/**
 * The same mixed by one Walsh–Hadamard matrix: the products of two latent values that rectification makes then meet in one
 * direction each, far from a mixture of independent values. The covariance depends on i xor j alone, before and after
 * rectification, so the matrix diagonalises it and the distance is exact.
 */
function resonant(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const moments = (variances: Float64Array) => {
    const covariance = hadamard(variances.slice()).map((value) => value / D);
    const mean = Math.sqrt(covariance[0] / (2 * Math.PI));
    const after = covariance.map((value) => rectifiedMoment(value, covariance[0]) - mean ** 2);
    return { mean, eigenvalues: hadamard(after).map((value) => Math.max(0, value)) };
  };
  const [first, second] = [moments(x), moments(y)];
  const scale = 60 / first.eigenvalues.reduce((sum, value) => sum + value, 0);
  const covarianceTerm = first.eigenvalues.reduce(
    (sum, value, i) => sum + (Math.sqrt(value) - Math.sqrt(second.eigenvalues[i])) ** 2,
    0,
  );
  const mix = (row: Float64Array): void => {
    hadamard(row);
    for (let i = 0; i < D; i++) row[i] /= Math.sqrt(D);
  };
  return {
    name,
    truth: scale * (D * (first.mean - second.mean - shift) ** 2 + covarianceTerm),
    draw: (n, random) => [
      rectify(normal(n, x, random), mix, 0, Math.sqrt(scale)),
      rectify(normal(n, y, random), mix, shift, Math.sqrt(scale)),
    ],
  };
}

/** E[max(0, a)·max(0, b)] of normals with that covariance and product of deviations (Cho & Saul 2009). */
function rectifiedMoment(covariance: number, deviations: number): number {
  const r = Math.min(1, Math.max(-1, covariance / deviations));
  return (deviations / (2 * Math.PI)) * (Math.sqrt(1 - r * r) + r * (Math.PI - Math.acos(r)));
}

function rectify(matrix: Matrix, mix: (row: Float64Array) => void, offset: number, scale: number): Matrix {
  const data = matrix.data as Float64Array;
  for (let row = 0; row < matrix.rows; row++) mix(data.subarray(row * D, (row + 1) * D));
  for (let i = 0; i < data.length; i++) data[i] = (Math.max(0, data[i]) + offset) * scale;
  return matrix;
}

function normal(n: number, variances: Float64Array, random: RandomState): Matrix {
  const data = random.randn(n, D);
  const deviations = variances.map(Math.sqrt);
  for (let i = 0; i < data.length; i++) data[i] *= deviations[i % D];
  return { data, rows: n, cols: D };
}

function shifted(matrix: Matrix, shift: number, columns: number): Matrix {
  for (let row = 0; row < matrix.rows; row++) {
    for (let k = 0; k < columns; k++) matrix.data[row * D + k] += shift;
  }
  return matrix;
}

/** The Walsh–Hadamard transform, in place, not normalised. */
function hadamard(values: Float64Array): Float64Array {
  for (let half = 1; half < values.length; half *= 2) {
    for (let start = 0; start < values.length; start += 2 * half) {
      for (let i = start; i < start + half; i++) {
        const [a, b] = [values[i], values[i + half]];
        values[i] = a + b;
        values[i + half] = a - b;
      }
    }
  }
  return values;
}

function mean(list: readonly number[]): number {
  return list.reduce((sum, value) => sum + value, 0) / list.length;
}

function deviation(list: readonly number[]): number {
  const center = mean(list);
  return Math.sqrt(list.reduce((sum, value) => sum + (value - center) ** 2, 0) / (list.length - 1));
}
