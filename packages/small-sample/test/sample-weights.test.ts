import { matrix, RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { calibratedFrechetDistance, CrossProducts } from '../src/index.js';
import { leverages } from '../src/frechet/leverages.js';
import { sampleSide } from '../src/frechet/sample-side.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

describe('leverages', () => {
  // z(ZᵀZ + ridge)⁻¹zᵀ by hand: Z = [1; 1] gives 1/(2 + 2) each.
  it('are shares of the effective dimension', () => {
    expect([...leverages(matrix([[1], [1]]), 2)]).toEqual([0.25, 0.25]);
  });

  it('agree whether rows or columns are fewer', () => {
    const wide = gaussianFeatures(9, new Float64Array(14).fill(1), 1);
    const padded = { data: new Float64Array(9 * 8), rows: 9, cols: 8 };
    for (let i = 0; i < 9; i++) for (let k = 0; k < 6; k++) padded.data[i * 8 + k] = wide.data[i * 14 + k];
    const narrow = { data: new Float64Array(9 * 6), rows: 9, cols: 6 };
    for (let i = 0; i < 9; i++) narrow.data.set(wide.data.subarray(i * 14, i * 14 + 6), i * 6);
    const stretched = { data: new Float64Array(9 * 14), rows: 9, cols: 14 };
    for (let i = 0; i < 9; i++) stretched.data.set(narrow.data.subarray(i * 6, i * 6 + 6), i * 14);
    const expected = leverages(narrow, 0.7);
    for (const same of [padded, stretched]) {
      leverages(same, 0.7).forEach((value, i) => expect(value).toBeCloseTo(expected[i], 12));
    }
  });
});

describe('sampleSide', () => {
  it('is 1 − D/(n − 1) for equal weights, whichever way it is computed', () => {
    const nearlyEqual = new Float64Array(50).fill(1);
    nearlyEqual[0] += 1e-12;
    const [plain, solved] = [sampleSide(50)(20), sampleSide(50, nearlyEqual)(20)];
    expect(plain.share).toBe(1 - 20 / 49);
    for (const key of ['share', 'first', 'second', 'concentration'] as const) {
      expect(solved[key] / plain[key]).toBeCloseTo(1, 8);
    }
  });

  // Finite differences of −log a are the oracle.
  it('has the derivatives of −log a', () => {
    const side = sampleSide(
      40,
      Float64Array.from({ length: 40 }, (_, i) => 0.5 + i / 39),
    );
    const height = (dimension: number) => -Math.log(side(dimension).share);
    const [low, middle, high] = [height(9.99), height(10), height(10.01)];
    expect(side(10).first).toBeCloseTo((high - low) / 0.02, 7);
    expect(side(10).second).toBeCloseTo((high - 2 * middle + low) / 1e-4, 5);
  });
});

describe('sample weights', () => {
  const variances = powerLaw(512, 1, 60);
  const wide = (n: number, seed: number) => {
    const sample = gaussianFeatures(n, variances, seed);
    const random = new RandomState(seed + 1000);
    for (let i = 0; i < n; i++) {
      const width = (random.randint(10) < 3 ? 3 : 1) / Math.sqrt(3.4);
      for (let k = 0; k < 512; k++) sample.data[i * 512 + k] *= width;
    }
    return sample;
  };

  it('are 1 for samples that are all alike, nearly, and uneven for heavy tails', () => {
    const weigh = (x: ReturnType<typeof wide>, y: ReturnType<typeof wide>) => {
      const products = new CrossProducts(x, y);
      return products.weights(products.moments())!.reference;
    };
    const spread = (weights: Float64Array) => Math.max(...weights) / Math.min(...weights);
    expect(spread(weigh(gaussianFeatures(120, variances, 1), gaussianFeatures(120, variances, 2)))).toBeLessThan(1.5);
    expect(spread(weigh(wide(120, 3), wide(120, 4)))).toBeGreaterThan(5);
  });

  // The truth is 0: both sets are of one distribution, three of ten samples three times as wide as the others.
  it('keep the calibrated distance near 0 under heavy tails', () => {
    const results = [1, 2, 3, 4].map((seed) =>
      calibratedFrechetDistance(wide(150, 10 * seed), wide(150, 10 * seed + 1), { draws: 0 }),
    );
    const bias = results.reduce((sum, { value }) => sum + value, 0) / 4;
    expect(results[0].naive).toBeGreaterThan(40);
    expect(Math.abs(bias)).toBeLessThan(0.1 * results[0].naive);
  });
});
