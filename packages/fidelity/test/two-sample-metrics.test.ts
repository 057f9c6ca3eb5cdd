import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix, RandomState } from '@plateau/numerics';
import {
  classDistances,
  classifierTest,
  differentBins,
  gaussianKernelDistance,
  mongeInceptionDistance,
  nearestNeighbourTest,
  slicedWasserstein,
  wassersteinDistance,
} from '../src/index.js';
import { solveAssignment } from '../src/assignment.js';
import { normalAbove, normalBelow, normalQuantile } from '../src/standard-normal.js';
import { mapped, normals, pick, reflected } from './make-features.js';
import { expectRelative } from './matchers.js';

const sets = fc
  .record({ seed: fc.nat(500), n: fc.integer({ min: 2, max: 12 }), d: fc.integer({ min: 1, max: 6 }) })
  .map(({ seed, n, d }) => normals(seed, [n, d], [n, d]));

describe('wassersteinDistance', () => {
  test('METRICS: [0, 1, 3] and [5, 6, 8] are 5 apart', () => {
    const [x, y] = [matrix([[0], [1], [3]]), matrix([[5], [6], [8]])];
    expect(wassersteinDistance(x, y).value).toBe(5);
    expect(wassersteinDistance(x, y, { order: 2 }).value).toBe(5);
  });

  test('finds the cheapest of all permutations', () => {
    const permutations = (n: number): number[][] =>
      n === 0
        ? [[]]
        : permutations(n - 1).flatMap((p) => Array.from({ length: n }, (_, at) => p.toSpliced(at, 0, n - 1)));
    const all = permutations(6);
    fc.assert(
      fc.property(fc.nat(1000), fc.boolean(), (seed, ties) => {
        const random = new RandomState(seed);
        const costs = Float64Array.from({ length: 36 }, () => (ties ? random.randint(4) : random.random()));
        const total = (columns: ArrayLike<number>) => Array.from(columns).reduce((s, c, r) => s + costs[r * 6 + c], 0);
        const found = solveAssignment(costs, 6);
        expect([...found].sort()).toEqual([0, 1, 2, 3, 4, 5]);
        expect(total(found)).toBeCloseTo(Math.min(...all.map(total)), 12);
      }),
    );
  });

  test('is 0 for the same set, moves with a shift, scales, and ignores rotation and order', () => {
    fc.assert(
      fc.property(sets, fc.nat(100), ([x, y], seed) => {
        const { value } = wassersteinDistance(x, y);
        const close = (a: number, b: number) => expect(Math.abs(a - b)).toBeLessThan(1e-9);
        close(wassersteinDistance(x, pick(x, new RandomState(seed).permutation(x.rows))).value, 0);
        close(
          wassersteinDistance(
            x,
            mapped(x, (v) => v + 2),
          ).value,
          2 * Math.sqrt(x.cols),
        );
        close(
          wassersteinDistance(
            mapped(x, (v) => 3 * v),
            mapped(y, (v) => 3 * v),
          ).value,
          3 * value,
        );
        close(wassersteinDistance(reflected(x, seed), reflected(y, seed)).value, value);
      }),
    );
  });

  test('by Sinkhorn approaches the exact value from above', () => {
    const [x, y] = normals(3, [40, 5], [40, 5]);
    const exact = wassersteinDistance(x, y).value;
    const rough = wassersteinDistance(x, y, { method: 'sinkhorn', regularization: 0.05 });
    const fine = wassersteinDistance(x, y, { method: 'sinkhorn', regularization: 0.005 });
    expect(fine.value).toBeGreaterThan(exact - 1e-4);
    expect(fine.value).toBeLessThan(rough.value);
    expectRelative(fine.value, exact, 0.01);
    expect(fine.warnings[0]).toContain('Sinkhorn');
  });

  test('equalises the sizes with a warning and refuses bad options', () => {
    const [x, y] = normals(3, [8, 2], [5, 2]);
    expect(wassersteinDistance(x, y).warnings).toEqual(['sets of 8 and 5 samples were reduced to 5 each']);
    expect(() => wassersteinDistance(x, y, { order: 3 as 1 })).toThrow('order must be an integer from 1 to 2');
    expect(() => wassersteinDistance(x, y, { regularization: 0 })).toThrow('regularization');
  });
});

describe('slicedWasserstein and MIND', () => {
  test('in one dimension are the distance of the quantile functions, for unequal sizes too', () => {
    expect(slicedWasserstein(matrix([[0], [1]]), matrix([[3], [4]]))).toBeCloseTo(3, 12);
    // Quantile functions 0, 0, 6, 6 and 0, 2, 4, 6 in quarters: √((4 + 4)/4).
    expect(slicedWasserstein(matrix([[0], [6]]), matrix([[2], [0], [6], [4]]))).toBeCloseTo(Math.SQRT2, 12);
    // Thirds against halves: 0, 3, 6 against 0, 6 in sixths.
    expect(slicedWasserstein(matrix([[0], [3], [6]]), matrix([[0], [6]]))).toBeCloseTo(Math.sqrt(9 / 3), 12);
  });

  test('of a shift of every feature is 3·d·step² for MIND, up to the random directions', () => {
    const [x] = normals(3, [50, 16]);
    const { value } = mongeInceptionDistance(
      x,
      mapped(x, (v) => v + 2),
      { projections: 4000 },
    );
    expectRelative(value, 3 * 16 * 4, 0.1);
    expect(mongeInceptionDistance(x, x).value).toBe(0);
    expect(() => mongeInceptionDistance(x, x, { projections: 0 })).toThrow('projections');
  });
});

describe('gaussianKernelDistance (CMMD)', () => {
  test('equals the definition, all pairs counted', () => {
    fc.assert(
      fc.property(sets, ([x, y]) => {
        const mean = (a: typeof x, b: typeof x): number => {
          let sum = 0;
          for (let i = 0; i < a.rows; i++) {
            for (let j = 0; j < b.rows; j++) {
              let squared = 0;
              for (let p = 0; p < a.cols; p++) squared += (a.data[i * a.cols + p] - b.data[j * a.cols + p]) ** 2;
              sum += Math.exp(-squared / 8);
            }
          }
          return sum / (a.rows * b.rows);
        };
        const expected = 1000 * (mean(x, x) + mean(y, y) - 2 * mean(x, y));
        expect(Math.abs(gaussianKernelDistance(x, y, { sigma: 2 }) - expected)).toBeLessThan(1e-9);
        expect(gaussianKernelDistance(x, x)).toBeLessThan(1e-9);
      }),
    );
  });

  test('refuses a sigma that is not positive', () => {
    const [x] = normals(1, [3, 2]);
    for (const sigma of [0, -1, NaN, Infinity]) expect(() => gaussianKernelDistance(x, x, { sigma })).toThrow('sigma');
  });
});

describe('nearestNeighbourTest', () => {
  test('is 1 for separate sets, near 0.5 for alike ones and 0 for copies in pairs', () => {
    const [x, y] = normals(7, [300, 3], [300, 3]);
    expect(
      nearestNeighbourTest(
        x,
        mapped(y, (v) => v + 50),
      ).accuracy,
    ).toBe(1);
    expect(Math.abs(nearestNeighbourTest(x, y).accuracy - 0.5)).toBeLessThan(0.08);
    expect(
      nearestNeighbourTest(
        x,
        mapped(x, (v) => v + 1e-9),
      ),
    ).toEqual({
      accuracy: 0,
      referenceAccuracy: 0,
      generatedAccuracy: 0,
    });
  });
});

describe('classifierTest', () => {
  test('tells separate sets apart and not equal ones', () => {
    const [x, y] = normals(8, [200, 3], [200, 3]);
    const apart = classifierTest(
      x,
      mapped(y, (v) => v + 9),
    );
    expect(apart.accuracy).toBe(1);
    expect(apart.pValue).toBeLessThan(1e-12);
    const alike = classifierTest(x, y);
    expect(Math.abs(alike.accuracy - 0.5)).toBeLessThan(4 * alike.standardError);
    expect(alike.pValue).toBeGreaterThan(1e-4);
  });

  test('equalises the sizes with a warning; needs four samples', () => {
    const [x, few] = normals(8, [50, 3], [8, 3]);
    expect(classifierTest(x, few).warnings).toEqual(['sets of 50 and 8 samples were reduced to 8 each']);
    expect(() => classifierTest(x, pick(few, [0, 1, 2]))).toThrow('at least 4 are needed');
  });
});

describe('differentBins (NDB)', () => {
  test('counts the modes that a generator leaves out', () => {
    const [noise, other] = normals(9, [400, 2], [400, 2]);
    const modes = mapped(noise, (v, i, j) => 0.1 * v + (j === 0 ? 100 * (i % 4) : 0));
    const all = mapped(other, (v, i, j) => 0.1 * v + (j === 0 ? 100 * (i % 4) : 0));
    const half = mapped(other, (v, i, j) => 0.1 * v + (j === 0 ? 100 * (i % 2) : 0));
    expect(differentBins(modes, all, { bins: 4 }).ndb).toBe(0);
    const missing = differentBins(modes, half, { bins: 4 });
    expect(missing.ndb).toBe(4);
    expect([...missing.generatedShares].sort()).toEqual([0, 0, 0.5, 0.5].map((share) => expect.closeTo(share, 12)));
    // Shares ¼ four times against ½ twice and 0 twice.
    expectRelative(missing.jensenShannon, jsOfHalves(), 1e-9);
  });

  test('is 0 for the same set and takes fewer bins of a small reference', () => {
    const [x] = normals(9, [60, 3]);
    const result = differentBins(x, x);
    expect([result.ndb, result.jensenShannon, result.bins]).toEqual([0, 0, 6]);
    expect(result.warnings).toEqual(['6 bins instead of 100, because 60 reference samples fill no more']);
    expect(() => differentBins(x, x, { bins: 61 })).toThrow('bins must be an integer from 1 to 60');
    expect(() => differentBins(x, x, { significance: 1 })).toThrow('significance');
  });

  /** ½ KL(P‖M) + ½ KL(Q‖M) for P = ¼ four times, Q = ½, ½, 0, 0. */
  function jsOfHalves(): number {
    const [p, q] = [[0.25, 0.25, 0.25, 0.25], [0.5, 0.5, 0, 0]]; // prettier-ignore
    const half = (a: number, b: number) => (a === 0 ? 0 : 0.5 * a * Math.log(a / ((a + b) / 2)));
    return p.reduce((sum, share, i) => sum + half(share, q[i]) + half(q[i], share), 0);
  }
});

describe('classDistances', () => {
  const reference = matrix([[0, 0], [0, 2], [10, 0]]); // prettier-ignore
  const labels = ['a', 'a', 'b'];

  test('averages distances to the same and to other classes', () => {
    const table = classDistances(reference, labels, matrix([[0, 1], [10, 3]]), ['a', 'a']); // prettier-ignore
    expect(table[0].count).toBe(2);
    expectRelative(table[0].same!, (1 + 1 + Math.hypot(10, 3) + Math.hypot(10, 1)) / 4, 1e-12);
    expectRelative(table[0].different!, (Math.hypot(10, 1) + 3) / 2, 1e-12);
    expect(table[1]).toEqual({ label: 'b', count: 0, same: undefined, different: undefined });
  });

  test('leaves a sample out of its own comparison within one set', () => {
    const table = classDistances(reference, labels, reference, labels);
    expect(table[0].same).toBe(2);
    expect(table[1].same).toBeUndefined();
  });

  test('needs one label a sample', () => {
    expect(() => classDistances(reference, ['a'], reference, labels)).toThrow(
      '3 reference samples need as many labels',
    );
  });
});

describe('standard normal', () => {
  // scipy.stats.norm.
  test.each([
    [0, 0.5],
    [1, 0.841344746068543],
    [1.959963984540054, 0.975],
    [2.99, 0.998605112764508],
    [3.01, 0.99869376155123],
    [6, 0.999999999013412],
  ])('P(Z ≤ %d) = %d', (z, p) => {
    expect(normalBelow(z)).toBeCloseTo(p, 12);
    expect(normalAbove(z)).toBeCloseTo(1 - p, 12);
    expect(normalBelow(-z)).toBeCloseTo(1 - p, 12);
  });

  test('keeps its relative precision in the tail and inverts', () => {
    expectRelative(normalAbove(10), 7.61985302416052e-24, 1e-12);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.1)).toBeCloseTo(-1.2815515655446, 12);
    expect(() => normalQuantile(1)).toThrow('between 0 and 1');
  });
});
