import { describe, expect, it } from 'vitest';
import { noiseLike } from '../src/index.js';
import { gaussianFeatures } from './gaussian-features.js';

describe('noiseLike', () => {
  // The reference's columns have means of 3, and variances of 1 and 9: 5 on the whole.
  it('has the overall mean and variance of the reference in every feature', () => {
    const { data, rows, cols } = noiseLike(gaussianFeatures(4000, [1, 9], 1, 3), 4000, 7);
    expect([rows, cols]).toEqual([4000, 2]);
    for (const column of [0, 1]) {
      const values = data.filter((_, i) => i % 2 === column);
      const mean = values.reduce((sum, value) => sum + value, 0) / rows;
      expect(mean).toBeCloseTo(3, 0);
      expect(Math.abs(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rows - 5)).toBeLessThan(0.5);
    }
  });
});
