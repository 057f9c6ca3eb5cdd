import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matrix, writeNpz } from '@plateau/numerics';
import { frechetDistance, GaussianStatistics, readStatistics, writeStatistics } from '../src/index.js';
import { normals } from './make-features.js';

// test-fixtures/numerics/README.md says what numpy wrote into each file.
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test-fixtures/numerics/${name}.npz`, import.meta.url)));

test.each(['statistics', 'statistics-compressed'])('reads the mu and sigma of %s', (name) => {
  const statistics = readStatistics(fixture(name), { count: 11 });
  expect([...statistics.mean]).toEqual([1, 2]);
  expect([...statistics.covariance().data]).toEqual([2, 0.5, 0.5, 1]);
  expect(statistics.count).toBe(11);
});

test('reads what it writes, the count included, to the same distance', () => {
  const [x, y] = normals(1, [30, 4], [20, 4]);
  const stored = readStatistics(writeStatistics(GaussianStatistics.of(x)));
  expect(stored.count).toBe(30);
  expect(frechetDistance(stored, y).value).toBeCloseTo(frechetDistance(x, y).value, 9);
});

test('refuses files that are something else', () => {
  const mu = { data: new Float64Array(2), shape: [2] };
  const sigma = matrix(new Float64Array(9), 3, 3);
  expect(() => readStatistics(fixture('statistics'))).toThrow('give options.count');
  expect(() => readStatistics(writeNpz({ mu }))).toThrow('lacks sigma');
  expect(() => readStatistics(writeNpz({ mu, sigma: mu }), { count: 9 })).toThrow('one and two dimensions');
  expect(() => readStatistics(writeNpz({ mu, sigma }), { count: 9 })).toThrow('2×2 covariance, got 3×3');
  expect(() => readStatistics(fixture('statistics'), { count: 1 })).toThrow('count must be');
});
