import { expect, test } from 'vitest';
import { columnMeans, covariance, matrix, scatter, transposeCentered } from '../src/index.js';
import { largestDifference, normal } from './helpers.js';

test('columnMeans and covariance of four points, by hand', () => {
  const points = matrix([[0, 0], [2, 0], [0, 4], [2, 4]]); // prettier-ignore
  expect([...columnMeans(points)]).toEqual([1, 2]);
  expect([...covariance(points).data]).toEqual([4 / 3, 0, 0, 16 / 3]);
  expect([...covariance(points, { ddof: 0 }).data]).toEqual([1, 0, 0, 4]);
});

test('scatter adds up the outer products, over more rows than it transposes at once', () => {
  const points = normal(2100, 3);
  const center = columnMeans(points);
  const expected = new Float64Array(9);
  for (let row = 0; row < 2100; row++) {
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 3; j++) {
        expected[i * 3 + j] += (points.data[row * 3 + i] - center[i]) * (points.data[row * 3 + j] - center[j]);
      }
    }
  }
  expect(largestDifference(scatter(points, center).data, expected)).toBeLessThan(1e-9);
});

test('transposeCentered moves element (i, j) to (j, i)', () => {
  const { data, rows, cols } = transposeCentered(matrix([[1, 2, 3], [4, 5, 6]]), new Float64Array([1, 1, 1])); // prettier-ignore
  expect([rows, cols, ...data]).toEqual([3, 2, 0, 3, 1, 4, 2, 5]);
});

test('refuse too few rows', () => {
  expect(() => columnMeans(matrix([]))).toThrow('no mean');
  expect(() => covariance(normal(1, 2))).toThrow('needs more than 1 rows, got 1');
});
