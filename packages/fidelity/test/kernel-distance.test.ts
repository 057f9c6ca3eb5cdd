import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RandomState } from '@plateau/numerics';
import { kernelDistance } from '../src/index.js';
import { expected, goldenSet, setNames } from './goldens.js';
import { mapped, normals, pick, reflected } from './make-features.js';
import { expectRelative } from './matchers.js';

describe('kernelDistance', () => {
  test.each(setNames)('%s equals torch-fidelity with seed 2020', (name) => {
    const { reference, generated } = goldenSet(name);
    const { kid, kidFull } = expected[name];
    const result = kernelDistance(reference, generated, kid);
    expectRelative(result.mean, kid.mean);
    expectRelative(result.std, kid.std);
    expectRelative(result.fullSample, kidFull);
    expect(result.warnings).toEqual([]);
  });

  test('METRICS: RandomState(0), 300×32, 100 subsets of 100', () => {
    const [x, z] = normals(0, [300, 32], [300, 32]);
    const y = mapped(z, (value) => 1.2 * value + 0.1);
    const result = kernelDistance(x, y, { subsetSize: 100 });
    expectRelative(result.mean, 0.0731026001, 1e-8);
    expectRelative(result.std, 0.028148478, 1e-8);
    expectRelative(result.fullSample, 0.0729873735, 1e-8);
  });

  test('equals the definition in loops on unequal sizes', () => {
    const [x, y] = normals(4, [7, 3], [9, 3]);
    const kernel = (a: ArrayLike<number>, i: number, b: ArrayLike<number>, j: number) =>
      ((a[i * 3] * b[j * 3] + a[i * 3 + 1] * b[j * 3 + 1] + a[i * 3 + 2] * b[j * 3 + 2]) / 3 + 1) ** 3;
    const mmd = (rows: ArrayLike<number>, cols: ArrayLike<number>): number => {
      let sum = 0;
      for (let s = 0; s < 5; s++) {
        for (let t = 0; t < 5; t++) {
          if (s !== t)
            sum += (kernel(x.data, rows[s], x.data, rows[t]) + kernel(y.data, cols[s], y.data, cols[t])) / 20;
          sum -= (2 * kernel(x.data, rows[s], y.data, cols[t])) / 25;
        }
      }
      return sum;
    };
    const random = new RandomState(11);
    const values = Array.from({ length: 6 }, () => mmd(random.choice(7, 5), random.choice(9, 5)));
    const result = kernelDistance(x, y, { subsets: 6, subsetSize: 5, seed: 11 });
    expectRelative(result.mean, values.reduce((sum, value) => sum + value) / 6, 1e-12);
  });

  test('of all samples depends neither on their order nor on a rotation', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 3, max: 20 }), (seed, n) => {
        const [x, y] = normals(seed, [n, 5], [12, 5]);
        const options = { subsets: 2 };
        const result = kernelDistance(x, y, options);
        const moved = kernelDistance(
          reflected(pick(x, new RandomState(seed).permutation(n)), seed),
          reflected(y, seed),
          options,
        );
        expect(Math.abs(moved.fullSample - result.fullSample)).toBeLessThan(1e-9);
        expect(Math.abs(moved.standardError - result.standardError)).toBeLessThan(1e-9);
      }),
      { numRuns: 30 },
    );
  });

  test('has a standard error that matches the spread over fresh samples', () => {
    const runs = Array.from({ length: 60 }, (_, seed) => {
      const [x, z] = normals(seed, [80, 4], [80, 4]);
      return kernelDistance(
        x,
        mapped(z, (value) => value + 1),
        { subsets: 1 },
      );
    });
    const mean = runs.reduce((sum, { fullSample }) => sum + fullSample, 0) / 60;
    const spread = Math.sqrt(runs.reduce((sum, { fullSample }) => sum + (fullSample - mean) ** 2, 0) / 59);
    const claimed = runs.reduce((sum, { standardError }) => sum + standardError, 0) / 60;
    expect(claimed / spread).toBeGreaterThan(0.75);
    expect(claimed / spread).toBeLessThan(1.33);
  });

  test('lowers the subset size to the smaller set and says so', () => {
    const [x, y] = normals(1, [8, 2], [6, 2]);
    const result = kernelDistance(x, y);
    expect(result.subsetSize).toBe(6);
    expect(result.warnings).toEqual(['subsetSize 1000 was lowered to 6, the size of the smaller set']);
  });

  test('refuses bad options and sets', () => {
    const [x, y, one] = normals(1, [8, 2], [6, 2], [1, 2]);
    expect(() => kernelDistance(x, y, { subsets: 0 })).toThrow('subsets must be an integer of at least 1, got 0');
    expect(() => kernelDistance(x, y, { subsetSize: 2.5 })).toThrow('subsetSize must be an integer of at least 2');
    expect(() => kernelDistance(x, y, { subsetSize: NaN })).toThrow(RangeError);
    expect(() => kernelDistance(x, y, { seed: -1 })).toThrow('a seed is an integer');
    expect(() => kernelDistance(x, one)).toThrow('the generated set has 1 samples');
    const large = mapped(x, (value) => value * 1e60);
    expect(() => kernelDistance(large, large)).toThrow('out of range: divide the features of both sets by one number');
  });
});
