import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covariance, matrix, type Matrix } from '@plateau/numerics';
import { GaussianStatistics } from '../src/index.js';
import { mapped, normals } from './make-features.js';
import { expectRelative } from './matchers.js';

const rows = ({ data, cols }: Matrix, from: number, to: number): Matrix =>
  matrix(data.subarray(from * cols, to * cols) as Float64Array, to - from, cols);

function expectSame(a: GaussianStatistics, b: GaussianStatistics): void {
  expect(a.count).toBe(b.count);
  const largest = Math.max(...b.variances());
  b.mean.forEach((value, i) => expect(Math.abs(a.mean[i] - value)).toBeLessThan(1e-12 * (1 + Math.abs(value))));
  const [left, right] = [a.covariance().data, b.covariance().data];
  for (let i = 0; i < right.length; i++) expect(Math.abs(left[i] - right[i])).toBeLessThan(1e-9 * largest);
}

describe('GaussianStatistics', () => {
  test('streamed, merged and batch results agree, far from the origin too', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 4, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        fc.constantFrom(0, 1e3, 1e6),
        (seed, n, batch, offset) => {
          const x = mapped(normals(seed, [n, 3])[0], (value) => value + offset);
          const whole = GaussianStatistics.of(x);
          const streamed = new GaussianStatistics(3);
          for (let start = 0; start < n; start += batch) streamed.add(rows(x, start, Math.min(n, start + batch)));
          expectSame(streamed, whole);
          const half = Math.floor(n / 2);
          expectSame(GaussianStatistics.of(rows(x, 0, half)).merge(GaussianStatistics.of(rows(x, half, n))), whole);
          expectSame(GaussianStatistics.of(rows(x, half, n)).merge(GaussianStatistics.of(rows(x, 0, half))), whole);
        },
      ),
    );
  });

  test('has the covariance of numerics', () => {
    const [x] = normals(3, [20, 4]);
    const data = GaussianStatistics.of(x).covariance().data;
    covariance(x).data.forEach((value, i) => expectRelative(data[i], value, 1e-12));
  });

  test('survives JSON to the last bit, and is rebuilt from its moments', () => {
    const statistics = GaussianStatistics.of(normals(3, [20, 4])[0]);
    const revived = GaussianStatistics.fromJSON(JSON.parse(JSON.stringify(statistics)));
    expect(revived.toJSON()).toEqual(statistics.toJSON());
    expectSame(GaussianStatistics.fromMoments(statistics.mean, statistics.covariance(), 20), statistics);
  });

  test('merging or adding nothing changes nothing', () => {
    const statistics = GaussianStatistics.of(normals(3, [5, 2])[0]);
    const before = statistics.toJSON();
    statistics.merge(new GaussianStatistics(2)).add(matrix(new Float32Array(0), 0, 2));
    expect(statistics.toJSON()).toEqual(before);
  });

  test('refuses what does not fit and stays as it was', () => {
    const statistics = GaussianStatistics.of(normals(3, [5, 2])[0]);
    const before = statistics.toJSON();
    expect(() => statistics.add(normals(1, [2, 3])[0])).toThrow('of 2 features, got 3');
    expect(() => statistics.add(matrix([[1, Infinity]]))).toThrow('Infinity in row 0, column 1');
    expect(() => statistics.merge(new GaussianStatistics(3))).toThrow(RangeError);
    expect(statistics.toJSON()).toEqual(before);
    expect(() => new GaussianStatistics(2).add(matrix([[1, 2]])).covariance()).toThrow('at least 2 samples, got 1');
    expect(() => new GaussianStatistics(0)).toThrow('positive integer');
    expect(() => GaussianStatistics.fromMoments([0, 0], matrix([[1]]), 9)).toThrow('needs a 2×2 covariance, got 1×1');
    expect(() => GaussianStatistics.fromMoments([NaN], matrix([[1]]), 9)).toThrow('element 0 of the mean is NaN');
    expect(() => GaussianStatistics.fromMoments([0], matrix([[1]]), 1)).toThrow('count 1');
    expect(() => GaussianStatistics.fromJSON({ count: 3, mean: [0, 0], scatter: [[1, 0]] })).toThrow('2×2 scatter');
  });
});
