import { describe, expect, test } from 'vitest';
import {
  assignClusters,
  covariance,
  kMeans,
  matrix,
  miniBatchKMeans,
  principalComponents,
  project,
  RandomState,
  symmetricEigenvalues,
  symmetricEigenvectors,
} from '../src/index.js';
import { largestDifference, normal, plainProduct } from './helpers.js';

/** Four tight groups of 25 far apart, in turn. */
const groups = (() => {
  const points = normal(100, 3);
  for (let i = 0; i < 100; i++) points.data[i * 3] = 0.1 * points.data[i * 3] + 50 * (i % 4);
  return points;
})();

describe.each([
  ['kMeans', (random: RandomState) => kMeans(groups, { clusters: 4, random, starts: 3 }).labels],
  ['miniBatchKMeans', (random: RandomState) => miniBatchKMeans(groups, { clusters: 4, random, batchSize: 40 })],
])('%s', (_name, labelsFrom) => {
  test.each([0, 1, 2, 3])('finds separate groups, seed %i', (seed) => {
    const labels = labelsFrom(new RandomState(seed));
    for (let i = 4; i < 100; i++) expect(labels[i]).toBe(labels[i % 4]);
    expect(new Set(labels).size).toBe(4);
  });
});

describe('kMeans', () => {
  test('leaves each centre the mean of its rows, and each row with its nearest centre', () => {
    const points = normal(80, 4);
    const { centers, labels, inertia } = kMeans(points, { clusters: 7, random: new RandomState(5) });
    const assigned = assignClusters(points, centers);
    expect([...assigned.labels]).toEqual([...labels]);
    expect(assigned.squaredDistances.reduce((sum, distance) => sum + distance, 0)).toBeCloseTo(inertia, 9);
    for (let c = 0; c < 7; c++) {
      const members = [...labels.keys()].filter((i) => labels[i] === c);
      for (let j = 0; j < 4; j++) {
        const mean = members.reduce((sum, i) => sum + points.data[i * 4 + j], 0) / members.length;
        expect(centers.data[c * 4 + j]).toBeCloseTo(mean, 12);
      }
    }
  });

  test('survives duplicates and as many clusters as rows', () => {
    const same = matrix([[1], [1], [1], [1]]);
    expect(kMeans(same, { clusters: 3, random: new RandomState(0) }).inertia).toBe(0);
    expect(kMeans(normal(6, 2), { clusters: 6, random: new RandomState(0) }).inertia).toBe(0);
    expect(() => kMeans(same, { clusters: 5, random: new RandomState(0) })).toThrow('1 to 4 clusters, got 5');
    expect(() => miniBatchKMeans(same, { clusters: 0, random: new RandomState(0) })).toThrow(RangeError);
  });
});

test('symmetricEigenvectors diagonalise', () => {
  const a = covariance(normal(30, 9));
  const { values, vectors } = symmetricEigenvectors(a);
  expect(largestDifference([...values].reverse(), symmetricEigenvalues(a))).toBeLessThan(1e-13);
  // V·A·Vᵀ is diagonal; A is symmetric, so V·A is the product with its rows.
  const left = matrix(plainProduct(vectors, a), 9, 9);
  const diagonal = plainProduct(left, vectors);
  for (let i = 0; i < 9; i++) {
    for (let j = 0; j < 9; j++) expect(Math.abs(diagonal[i * 9 + j] - (i === j ? values[i] : 0))).toBeLessThan(1e-12);
  }
});

describe('principalComponents', () => {
  test('capture the largest variances, uncorrelated', () => {
    const points = normal(200, 40);
    for (let i = 0; i < 200; i++) for (let j = 0; j < 40; j++) points.data[i * 40 + j] *= 10 / (j + 1);
    const components = principalComponents(points, 5);
    const scores = project(points, components);
    const variances = covariance(scores).data;
    const largest = symmetricEigenvalues(covariance(points)).reverse();
    for (let i = 0; i < 5; i++) {
      expect(Math.abs(variances[i * 5 + i] / largest[i] - 1)).toBeLessThan(1e-7);
      for (let j = 0; j < i; j++) expect(Math.abs(variances[i * 5 + j])).toBeLessThan(1e-4 * largest[4]);
    }
    const products = plainProduct(components.directions, components.directions);
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 5; j++) expect(products[i * 5 + j]).toBeCloseTo(i === j ? 1 : 0, 10);
  });

  test('refuse more components than there are', () => {
    expect(() => principalComponents(normal(4, 9), 4)).toThrow('1 to 3 principal components, got 4');
  });
});
