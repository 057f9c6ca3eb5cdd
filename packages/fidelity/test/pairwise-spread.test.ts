import { matrix, RandomState } from '@plateau/numerics';
import { expect, it } from 'vitest';
import { pairwiseSpread } from '../src/index.js';

it('is the distance of two samples', () => {
  expect(
    pairwiseSpread(
      matrix([
        [0, 0],
        [3, 4],
      ]),
    ),
  ).toBe(5);
});

it('equals the root mean square over all pairs', () => {
  const [n, d] = [40, 6];
  const x = matrix(new RandomState(4).randn(n, d), n, d);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      for (let c = 0; c < d; c++) sum += (x.data[i * d + c] - x.data[j * d + c]) ** 2;
    }
  }
  expect(pairwiseSpread(x)).toBeCloseTo(Math.sqrt(sum / (n * (n - 1))), 12);
});

it('is 0 for copies and refuses a single sample', () => {
  expect(
    pairwiseSpread(
      matrix([
        [1, 2],
        [1, 2],
        [1, 2],
      ]),
    ),
  ).toBe(0);
  expect(() => pairwiseSpread(matrix([[1, 2]]))).toThrow('at least 2 are needed');
});
