import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix, RandomState, squaredDistances, type Matrix } from '@plateau/numerics';
import { coverage, density, fScore, Neighbourhoods, prdc, precision, recall } from '../src/index.js';
import { expected, goldenSet, setNames } from './goldens.js';
import { mapped, normals, pick, reflected } from './make-features.js';
import { expectRelative } from './matchers.js';

describe('equal to the references', () => {
  test.each(setNames)('%s: torch-fidelity (k = 3, closed) and prdc (k = 5, open)', (name) => {
    const { reference, generated } = goldenSet(name);
    const sets = new Neighbourhoods(reference, generated);
    expectRelative(precision(sets), expected[name].precision, 1e-6);
    expectRelative(recall(sets), expected[name].recall, 1e-6);
    for (const [key, value] of Object.entries(prdc(sets))) expectRelative(value, expected[name].prdc5[key], 1e-12);
  });

  test('tiny16: prdc with k = 3', () => {
    const { reference, generated } = goldenSet('tiny16');
    for (const [key, value] of Object.entries(prdc(reference, generated, { k: 3 }))) {
      expectRelative(value, expected.tiny16.prdc5[key], 1e-12);
    }
  });

  // METRICS' public check values.
  const [x, y] = normals(0, [500, 32], [500, 32]);
  test.each([
    [3, { precision: 0.66, recall: 0.748, density: 0.943333, coverage: 0.886 }],
    [5, { precision: 0.802, recall: 0.828, density: 0.952, coverage: 0.974 }],
  ])('RandomState(0), 500×32 twice, k = %i', (k, values) => {
    for (const [key, value] of Object.entries(prdc(x, y, { k }))) {
      expect(value).toBeCloseTo(values[key as keyof typeof values], 6);
    }
  });

  test('a blob at the mean: coverage alone misses this collapse', () => {
    const [, narrow] = normals(0, [500, 32], [400, 32]);
    const blob = mapped(narrow, (value) => 0.1 * value);
    expect(prdc(x, blob)).toEqual({ precision: 1, recall: 0, density: 84.271, coverage: 0.988 });
  });

  test('five rows, 80 copies each', () => {
    const copies = pick(
      x,
      Int32Array.from({ length: 400 }, (_, i) => i % 5),
    );
    expect(prdc(x, copies)).toEqual({ precision: 1, recall: 0, density: 0.68, coverage: 0.034 });
  });

  test('five and four points in the plane, k = 1, where open and closed balls differ', () => {
    const sets = new Neighbourhoods(
      matrix([[0, 0], [1, 0], [0, 1], [1, 1], [5, 5]]), // prettier-ignore
      matrix([[0.5, 0.5], [0.1, 0], [5, 4.5], [10, 10]]), // prettier-ignore
    );
    expect(prdc(sets, { k: 1 })).toEqual({ precision: 0.75, recall: 0.6, density: 1.75, coverage: 1 });
    expect(recall(sets, { k: 1 })).toBe(0.8);
  });
});

describe('identities', () => {
  test('equal sets: precision, recall, density and coverage are 1', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 7, max: 30 }), (seed, n) => {
        const [x] = normals(seed, [n, 4]);
        const copy = pick(
          x,
          Int32Array.from({ length: n }, (_, i) => i),
        );
        expect(prdc(x, copy)).toEqual({ precision: 1, recall: 1, density: 1, coverage: 1 });
      }),
    );
  });

  test('moving, scaling by a power of two, reflecting and reordering change nothing', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 7, max: 25 }), fc.integer({ min: 7, max: 25 }), (seed, n, m) => {
        const [x, y] = normals(seed, [n, 6], [m, 6]);
        const values = prdc(x, y);
        const both = (change: (set: Matrix) => Matrix) => prdc(change(x), change(y));
        expect(both((set) => mapped(set, (value) => 8 * value))).toEqual(values);
        expect(both((set) => mapped(set, (value) => value + 3))).toEqual(values);
        expect(both((set) => reflected(set, seed))).toEqual(values);
        expect(both((set) => pick(set, new RandomState(seed).permutation(set.rows)))).toEqual(values);
      }),
    );
  });

  test('density in full: balls counted from all distances', () => {
    const [x, y] = normals(5, [30, 4], [20, 4]);
    const within = squaredDistances(x).data;
    const across = squaredDistances(x, y).data;
    let pairs = 0;
    for (let i = 0; i < 30; i++) {
      const radius = [...within.subarray(i * 30, (i + 1) * 30)].sort((a, b) => a - b)[2];
      for (let j = 0; j < 20; j++) if (across[i * 20 + j] < radius) pairs++;
    }
    expect(density(x, y, { k: 2 })).toBe(pairs / 40);
  });
});

describe('Neighbourhoods', () => {
  test('gives the same with k announced, not announced and from matrices', () => {
    const [x, y] = normals(6, [40, 5], [30, 5]);
    const announced = new Neighbourhoods(x, y, { k: [7] });
    const surprised = new Neighbourhoods(x, y);
    expect(surprised.nearest('generated').indices).toHaveLength(30);
    for (const metric of [precision, recall, density, coverage]) {
      expect(metric(surprised, { k: 7 })).toBe(metric(x, y, { k: 7 }));
      expect(metric(announced, { k: 7 })).toBe(metric(x, y, { k: 7 }));
    }
  });

  test('knows the nearest sample of the other set', () => {
    const sets = new Neighbourhoods(matrix([[0], [4], [9]]), matrix([[5], [8]]));
    expect([...sets.nearest('generated').indices]).toEqual([1, 2]);
    expect([...sets.nearest('reference').squaredDistances]).toEqual([25, 1, 1]);
  });

  // Above 2048 × 2048 distances come in bands, and one pass collects everything.
  test('counts as three loops do, in bands and among near-duplicates', () => {
    const [x, y] = normals(8, [2100, 2], [2050, 2]);
    for (let i = 0; i < 600; i++) y.data[i] = x.data[i] + (i < 300 ? 0 : 1e-7);
    const squared = (a: Matrix, i: number, b: Matrix, j: number): number =>
      (a.data[2 * i] - b.data[2 * j]) ** 2 + (a.data[2 * i + 1] - b.data[2 * j + 1]) ** 2;
    const radii = Float64Array.from({ length: 2100 }, (_, i) => {
      const others = Float64Array.from({ length: 2100 }, (_, j) => (j === i ? Infinity : squared(x, i, x, j)));
      return others.sort()[2];
    });
    const sorted = radii.slice().sort();
    const medianRadius = (Math.sqrt(sorted[1049]) + Math.sqrt(sorted[1050])) / 2;
    const ratios = new Float64Array(2050);
    let [held, pairs] = [0, 0];
    const nearest = new Int32Array(2050);
    for (let j = 0; j < 2050; j++) {
      let isHeld = false;
      for (let i = 0; i < 2100; i++) {
        const distance = squared(x, i, y, j);
        if (distance < squared(x, nearest[j], y, j)) nearest[j] = i;
        isHeld ||= distance <= radii[i];
        if (distance < radii[i]) pairs++;
        if (radii[i] <= medianRadius ** 2) {
          ratios[j] = Math.max(ratios[j], distance === 0 ? Infinity : radii[i] / distance);
        }
      }
      if (isHeld) held++;
    }
    const sets = new Neighbourhoods(x, y, { k: [3] });
    expect(precision(sets)).toBe(held / 2050);
    expect(density(sets, { k: 3 })).toBe(pairs / (3 * 2050));
    expect([...sets.nearest('generated').indices]).toEqual([...nearest]);
    expect([...sets.largestSquaredRatios(3)]).toEqual([...ratios]);
  });

  test('serves what a small generated set allows', () => {
    const [x, few] = normals(6, [40, 5], [3, 5]);
    const sets = new Neighbourhoods(x, few);
    expect(precision(sets)).toBe(precision(x, few));
    expect(() => recall(sets)).toThrow('k = 3 needs more than 3 generated samples, got 3');
  });

  test('refuses bad sets and options', () => {
    const [x, narrow] = normals(6, [10, 5], [10, 4]);
    expect(() => precision(x, narrow)).toThrow('5 columns and generated ones 4');
    expect(() => coverage(x, x, { k: 10 })).toThrow('k = 10 needs more than 10 reference samples');
    expect(() => coverage(x, x, { k: 1.5 })).toThrow('k must be an integer of at least 1, got 1.5');
    expect(() => new Neighbourhoods(x, x, { k: [0] })).toThrow('got 0');
    expect(() => density(matrix([]), x)).toThrow('the reference set has 0 samples');
    expect(() =>
      density(
        mapped(x, () => -Infinity),
        x,
      ),
    ).toThrow('-Infinity in row 0, column 0');
    expect(() =>
      density(
        x,
        mapped(x, () => 1e160),
      ),
    ).toThrow('the generated features hold 1e+160 in row 0, column 0, whose powers are out of range');
  });
});

test('fScore is the harmonic mean', () => {
  expect(fScore(0.5, 1)).toBeCloseTo(2 / 3, 15);
  expect(fScore(0, 0)).toBe(0);
});
