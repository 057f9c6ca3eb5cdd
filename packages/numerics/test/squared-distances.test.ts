import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnMeans,
  distanceCenter,
  matrix,
  nearestNeighbours,
  RandomState,
  squaredDistanceBlocks,
  squaredDistances,
} from '../src/index.js';
import { largestDifference, normal, single } from './helpers.js';

describe('squaredDistances', () => {
  test('equal the sums of squared differences', () => {
    const [a, b] = [normal(30, 11, 1), normal(20, 11, 2)];
    const expected = Float64Array.from({ length: 600 }, (_, index) => {
      let sum = 0;
      for (let p = 0; p < 11; p++)
        sum += (a.data[Math.floor(index / 20) * 11 + p] - b.data[(index % 20) * 11 + p]) ** 2;
      return sum;
    });
    expect(largestDifference(squaredDistances(a, b).data, expected)).toBeLessThan(1e-13);
  });

  test('take norms that are known, which need their centre', () => {
    const [a, b] = [normal(30, 11, 1), normal(20, 11, 2)];
    const center = distanceCenter(a);
    const squaredNorms = squaredDistances(a, matrix(center, 1, 11), { center: new Float64Array(11) }).data;
    const expected = squaredDistances(a, b, { center }).data;
    expect(largestDifference(squaredDistances(a, b, { center, squaredNorms }).data, expected)).toBeLessThan(1e-13);
    // Wrong norms show that they are used, and only beside a centre.
    const wrong = squaredNorms.map((norm) => norm + 1);
    expect(squaredDistances(a, b, { center, squaredNorms: wrong }).data[5]).toBeCloseTo(expected[5] + 1, 10);
    expect(squaredDistances(a, b, { squaredNorms: wrong }).data).toEqual(expected);
  });

  test('are exactly 0 between identical rows, far from the origin and in float32 too', () => {
    const far = matrix(
      normal(40, 50).data.map((value) => value + 1e6),
      40,
      50,
    );
    for (const a of [far, single(far)]) {
      const within = squaredDistances(a).data;
      const across = squaredDistances(a, { ...a }).data;
      for (let i = 0; i < 40; i++) expect([within[i * 41], across[i * 41]]).toEqual([0, 0]);
    }
  });

  test('keep the digits of near-duplicates, which ‖a‖² + ‖b‖² − 2⟨a, b⟩ loses', () => {
    const a = normal(1, 64);
    const b = matrix(a.data.slice(), 1, 64);
    b.data[5] += 2 ** -30;
    const step = b.data[5] - a.data[5];
    const rows = matrix([[...a.data], [...b.data], [...normal(1, 64, 9).data]]);
    expect(squaredDistances(rows).data[1]).toBe(step * step);
  });

  test('are the same bits for a pair in any order and place', () => {
    const points = normal(20, 30);
    const center = new Float64Array(30);
    const within = squaredDistances(points, points, { center }).data;
    fc.assert(
      fc.property(fc.nat(19), fc.nat(19), (i, j) => {
        const row = (index: number) => matrix(points.data.subarray(index * 30, (index + 1) * 30), 1, 30);
        expect(squaredDistances(row(i), row(j), { center }).data[0]).toBe(within[i * 20 + j]);
        expect(within[j * 20 + i]).toBe(within[i * 20 + j]);
      }),
    );
  });

  test('come in bands with the same bits', () => {
    const [a, b] = [normal(33, 8, 1), normal(21, 8, 2)];
    const whole = squaredDistances(a, b).data;
    for (const block of squaredDistanceBlocks(a, b, { blockRows: 10 })) {
      const expected = whole.subarray(block.start * 21, (block.start + block.rows) * 21);
      expect(largestDifference(block.data, expected)).toBe(0);
    }
  });
});

describe('nearestNeighbours', () => {
  test('equal a full sort, ties by index, in any band height', () => {
    const points = matrix([[0], [1], [1], [3], [7]]);
    const found = nearestNeighbours(points, { k: 2 });
    expect([...found.indices]).toEqual([1, 2, 2, 0, 1, 0, 1, 2, 3, 1]);
    expect([...found.squaredDistances]).toEqual([1, 1, 0, 1, 0, 1, 4, 4, 16, 36]);

    const [a, b] = [normal(40, 6, 1), normal(60, 6, 2)];
    const distances = squaredDistances(a, b).data;
    const expected = Array.from({ length: 40 }, (_, i) =>
      Array.from({ length: 60 }, (_, j) => j)
        .sort((j, l) => distances[i * 60 + j] - distances[i * 60 + l])
        .slice(0, 4),
    ).flat();
    expect([...nearestNeighbours(a, b, { k: 4 }).indices]).toEqual(expected);
  });

  test('refuse a k that the set does not have', () => {
    expect(() => nearestNeighbours(normal(4, 2), { k: 4 })).toThrow('from 1 to 3');
    expect(() => nearestNeighbours(normal(4, 2), normal(4, 2), { k: 0 })).toThrow(RangeError);
  });
});

describe('distanceCenter', () => {
  test('is the mean to 16 binary digits of the largest element', () => {
    const points = normal(50, 4);
    const largest = Math.max(...points.data.map(Math.abs));
    expect(largestDifference(distanceCenter(points), columnMeans(points))).toBeLessThan(largest * 2 ** -16);
    expect([...distanceCenter(matrix([[0], [0], [1]]))]).toEqual([21845 / 65536]);
    expect([...distanceCenter(matrix([[0, 0]]))]).toEqual([0, 0]);
  });

  test('leaves distances between integers exact', () => {
    const random = new RandomState(3);
    const points = matrix(Array.from({ length: 30 }, () => Array.from({ length: 5 }, () => random.randint(-50, 50))));
    expect(squaredDistances(points).data.every(Number.isInteger)).toBe(true);
  });
});
