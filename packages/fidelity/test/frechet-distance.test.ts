import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix, RandomState, type Matrix } from '@plateau/numerics';
import { frechetDistance, GaussianStatistics } from '../src/index.js';
import { expected, goldenSet, setNames } from './goldens.js';
import { mapped, normals, pick, reflected, single } from './make-features.js';
import { expectRelative } from './matchers.js';

const statistics = (features: Matrix): GaussianStatistics => GaussianStatistics.of(features);

describe('frechetDistance equals the references', () => {
  test.each([...setNames, 'tiny16'])('%s: torch-fidelity, from features and from statistics', (name) => {
    const { reference, generated } = goldenSet(name);
    const { value, meanTerm } = frechetDistance(reference, generated);
    expectRelative(value, expected[name].fid);
    if (expected[name].frechetMeanOnly !== undefined) expectRelative(meanTerm, expected[name].frechetMeanOnly);
    expectRelative(frechetDistance(statistics(reference), statistics(generated)).value, value, 1e-9);
  });

  // METRICS' public check values.
  test('means 0 and 1, unit covariances in 2048 dimensions: 2048', () => {
    const identity = mapped(matrix(new Float64Array(2048 * 2048), 2048, 2048), (_, i, j) => (i === j ? 1 : 0));
    const at = (mean: number) => GaussianStatistics.fromMoments(new Float64Array(2048).fill(mean), identity, 5000);
    expectRelative(frechetDistance(at(0), at(1)).value, 2048, 1e-12);
  });

  test('RandomState(1), 4×4', () => {
    const [a, b] = normals(1, [4, 4], [4, 4]);
    expectRelative(frechetDistance(a, b).value, 4.753837617472, 1e-12);
  });

  test.each([
    [2, 2, 7.5394421],
    [8, 16, 17.600747],
    [16, 8, 2.000496449],
    [64, 64, 34.715915],
    [64, 256, 312.68407],
    [256, 32, 2.311711134],
    [1024, 128, 8.290312989],
  ])('RandomState(2023), %i×%i', (n, d, value) => {
    const [a, b] = normals(2023, [n, d], [n, d]);
    expectRelative(frechetDistance(a, b).value, value, 1e-7);
  });

  test.each([
    [512, 256, 65.74272365],
    [256, 2048, 2898.385663683],
  ])('seed 0, float32 %i×%i twice', (n, d, value) => {
    const [a, b] = normals(0, [n, d], [n, d]).map(single);
    expectRelative(frechetDistance(a, b).value, value, 1e-10);
  });

  test('RandomState(0): randn(300, 32) and 1.2·randn(300, 32) + 0.1', () => {
    const [x, y] = normals(0, [300, 32], [300, 32]);
    expectRelative(
      frechetDistance(
        x,
        mapped(y, (value) => 1.2 * value + 0.1),
      ).value,
      4.2408524544,
      1e-10,
    );
  });
});

describe('frechetDistance keeps the identities', () => {
  // n below and above d: the distance goes by rows in one case and by covariances in the other.
  const sets = fc
    .record({
      seed: fc.nat(1000),
      n: fc.integer({ min: 2, max: 12 }),
      m: fc.integer({ min: 2, max: 12 }),
      d: fc.integer({ min: 1, max: 12 }),
    })
    .map(({ seed, n, m, d }) => normals(seed, [n, d], [m, d]));
  const close = (value: number, wanted: number) =>
    expect(Math.abs(value - wanted)).toBeLessThan(1e-9 * (1 + Math.abs(wanted)));

  test('a shift by v adds ‖v‖² to equal means', () => {
    fc.assert(
      fc.property(sets, fc.double({ min: -100, max: 100, noNaN: true }), ([x], step) => {
        const { value } = frechetDistance(
          x,
          mapped(x, (element) => element + step),
        );
        close(value, x.cols * step * step);
      }),
    );
  });

  test('scaling by c multiplies by c²', () => {
    fc.assert(
      fc.property(sets, fc.double({ min: 0.01, max: 100, noNaN: true }), ([x, y], c) => {
        const scale = (set: Matrix) => mapped(set, (element) => c * element);
        close(frechetDistance(scale(x), scale(y)).value / c ** 2, frechetDistance(x, y).value);
      }),
    );
  });

  test('rotation and the order of rows change nothing; exchange of the sets neither', () => {
    fc.assert(
      fc.property(sets, fc.nat(1000), ([x, y], seed) => {
        const { value } = frechetDistance(x, y);
        const order = (set: Matrix) => pick(set, new RandomState(seed).permutation(set.rows));
        close(frechetDistance(reflected(x, seed), reflected(y, seed)).value, value);
        close(frechetDistance(order(x), order(y)).value, value);
        close(frechetDistance(y, x).value, value);
      }),
    );
  });

  test('a set is 0 away from itself, to 1e-9 of its variance, also when its covariance is singular', () => {
    fc.assert(
      fc.property(sets, fc.nat(3), ([x], copies) => {
        const repeated = pick(
          x,
          Int32Array.from({ length: x.rows * (copies + 1) }, (_, i) => i % x.rows),
        );
        const variance = statistics(repeated)
          .variances()
          .reduce((sum, value) => sum + value, 0);
        expect(frechetDistance(repeated, repeated).value).toBeLessThanOrEqual(1e-9 * variance);
      }),
    );
  });

  test('identical samples have no covariance and give the squared distance of the means', () => {
    const constant = (value: number) => matrix(new Float64Array(12).fill(value), 4, 3);
    expect(frechetDistance(constant(1), constant(3)).value).toBe(12);
    expect(frechetDistance(statistics(constant(1)), statistics(constant(3))).value).toBe(12);
  });
});

describe('frechetDistance says what to know', () => {
  test('warns of every set that has no more samples than features', () => {
    const [few, many] = normals(1, [5, 8], [50, 8]);
    expect(frechetDistance(few, many).warnings).toHaveLength(1);
    expect(frechetDistance(few, many).warnings[0]).toContain(
      'the reference covariance of 8 features rests on 5 samples',
    );
    expect(frechetDistance(many, many).warnings).toEqual([]);
  });

  test('refuses bad input in one line', () => {
    const [x, narrow, one] = normals(1, [5, 8], [5, 7], [1, 8]);
    expect(() => frechetDistance(x, narrow)).toThrow('have 8 columns and generated ones 7');
    expect(() => frechetDistance(statistics(x), statistics(narrow))).toThrow('of 8 features and generated ones of 7');
    expect(() => frechetDistance(x, one)).toThrow('the generated set has 1 samples, at least 2 are needed');
    const holed = mapped(x, (value, row, col) => (row === 3 && col === 6 ? NaN : value));
    expect(() => frechetDistance(holed, x)).toThrow('the reference features hold NaN in row 3, column 6');
  });
});
