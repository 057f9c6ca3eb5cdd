import { selectRows } from '@plateau/numerics';
import { frechetDistance } from '@plateau/fidelity';
import { describe, expect, it } from 'vitest';
import { CrossProducts, naiveDistance } from '../src/index.js';
import { gaussianFeatures } from './gaussian-features.js';

// The Fréchet distance of fidelity, on copied rows, is the oracle.
describe('CrossProducts', () => {
  const rowsX = [3, 1, 4, 15, 9, 2];
  const rowsY = [6, 5, 3, 8];

  it.each([
    ['fewer samples than features', 30],
    ['more samples than features', 5],
  ])('gives the moments of subsets with %s', (_, d) => {
    const x = gaussianFeatures(20, new Float64Array(d).fill(2), 1, 1);
    const y = gaussianFeatures(25, new Float64Array(d).fill(1), 2);
    const distance = naiveDistance(new CrossProducts(x, y).moments(rowsX, rowsY));
    expect(distance).toBeCloseTo(frechetDistance(selectRows(x, rowsX), selectRows(y, rowsY)).value, 9);
  });

  it('counts the features that vary in both sets', () => {
    const x = gaussianFeatures(10, [1, 0, 1], 3);
    const y = gaussianFeatures(10, [1, 1, 1], 4);
    expect(new CrossProducts(x, y).moments().dimension).toBe(2);
  });

  it('refuses a subset of one row', () => {
    const x = gaussianFeatures(10, [1, 1], 3);
    expect(() => new CrossProducts(x, x).moments([1], [2, 3])).toThrow(/2 samples of either set, got 1 and 2/);
  });
});
