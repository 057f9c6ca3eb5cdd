import { frechetDistance } from '@plateau/fidelity';
import { matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { calibratedFrechetDistance } from '../src/index.js';
import { gaussianFeatures, powerLaw, trueDistance } from './gaussian-features.js';

// Truths are closed forms for normal distributions with diagonal covariances.
describe('calibratedFrechetDistance', () => {
  const d = 512;
  const slow = powerLaw(d, 1, 60);

  it('is near 0 for two samples of one distribution with n < d, where the naive distance is far off', () => {
    const values = [1, 2, 3].map((seed) => {
      const [x, y] = [gaussianFeatures(120, slow, 10 * seed), gaussianFeatures(120, slow, 10 * seed + 1)];
      return calibratedFrechetDistance(x, y, { draws: 0 });
    });
    const mean = values.reduce((sum, { value }) => sum + value, 0) / 3;
    expect(values[0].naive).toBeGreaterThan(30);
    expect(Math.abs(mean)).toBeLessThan(0.1 * values[0].naive);
  });

  it('finds a distance between different spectra, with an interval that holds it', () => {
    const steep = powerLaw(d, 1.5, 48);
    const truth = trueDistance(slow, steep, 0.05);
    const x = gaussianFeatures(150, slow, 5);
    const y = gaussianFeatures(150, steep, 6, 0.05);
    const { value, interval, naive, standardError } = calibratedFrechetDistance(x, y);
    expect(Math.abs(value - truth)).toBeLessThan(0.1 * (naive - truth));
    expect(interval![0]).toBeLessThan(truth);
    expect(interval![1]).toBeGreaterThan(truth);
    expect(standardError).toBeLessThan(0.1 * naive);
  });

  it('carries the naive distance beside it', () => {
    const x = gaussianFeatures(40, slow, 7);
    const y = gaussianFeatures(50, slow, 8);
    const { naive } = calibratedFrechetDistance(x, y, { draws: 0 });
    expect(naive).toBeCloseTo(frechetDistance(x, y).value, 8);
  });

  it('works for unequal sizes', () => {
    const [x, y] = [gaussianFeatures(300, slow, 17), gaussianFeatures(100, slow, 18)];
    const { value, naive } = calibratedFrechetDistance(x, y, { draws: 0 });
    expect(Math.abs(value)).toBeLessThan(0.15 * naive);
  });

  it('works where images outnumber features, whatever the spectrum', () => {
    const x = gaussianFeatures(2000, [4, 4, 1, 1], 9);
    const y = gaussianFeatures(2000, [1, 1, 1, 1], 10, 0.5);
    const { value, interval } = calibratedFrechetDistance(x, y);
    expect(value).toBeCloseTo(3, 0);
    expect(interval![0]).toBeLessThan(3);
    expect(interval![1]).toBeGreaterThan(3);
  });

  it('grows by the square of a shift and of a scale', () => {
    const [x, y] = [gaussianFeatures(60, slow, 11), gaussianFeatures(60, slow, 12)];
    const { value } = calibratedFrechetDistance(x, y, { draws: 0 });
    const scaled = (a: typeof x) => ({ ...a, data: a.data.map((v) => 3 * v) as Float64Array });
    expect(calibratedFrechetDistance(scaled(x), scaled(y), { draws: 0 }).value).toBeCloseTo(9 * value, 5);
    const moved = (a: typeof x) => ({ ...a, data: a.data.map((v) => v + 7) as Float64Array });
    expect(calibratedFrechetDistance(moved(x), moved(y), { draws: 0 }).value).toBeCloseTo(value, 5);
  });

  it('gives the same numbers for the same seed', () => {
    const [x, y] = [gaussianFeatures(40, slow, 13), gaussianFeatures(40, slow, 14)];
    const settings = { draws: 3, bundles: 5, seed: 4 };
    expect(calibratedFrechetDistance(x, y, settings)).toEqual(calibratedFrechetDistance(x, y, settings));
  });

  it('warns of duplicates, which it takes for a lower rank', () => {
    const x = gaussianFeatures(60, slow, 15);
    const half = gaussianFeatures(30, slow, 16);
    const twice = { ...x, data: Float64Array.from([...half.data, ...half.data]) };
    expect(calibratedFrechetDistance(x, twice, { draws: 0 }).warnings.join()).toMatch(/duplicates or dependent/);
  });

  it('bears features that are all constant, in both sets and in one', () => {
    const flat = { data: new Float64Array(30 * d).fill(0.1), rows: 30, cols: d };
    expect(calibratedFrechetDistance(flat, flat, { draws: 2, bundles: 2 }).value).toBe(0);
    const x = gaussianFeatures(40, slow, 19);
    const { value, naive, interval } = calibratedFrechetDistance(x, flat, { draws: 2 });
    expect(value).toBeLessThan(naive);
    expect(interval![0]).toBeLessThan(value);
    expect(interval![1]).toBeGreaterThan(value);
  });

  it('keeps its precision where one set spreads far less than the other', () => {
    const x = gaussianFeatures(40, slow, 20);
    const narrow = gaussianFeatures(40, powerLaw(d, 1, 1e-40), 21);
    const [low, high] = calibratedFrechetDistance(x, narrow, { draws: 2, bundles: 4 }).interval!;
    expect(high - low).toBeGreaterThan(0);
  });

  it('refuses too few images, and options out of range', () => {
    const small = matrix([[1], [2]]);
    expect(() => calibratedFrechetDistance(small, small)).toThrow(/2 samples and the calibrated distance needs 20/);
    const x = gaussianFeatures(30, [1, 1], 1);
    expect(() => calibratedFrechetDistance(x, x, { draws: 1 })).toThrow(/draws must be an integer of at least 2/);
    expect(() => calibratedFrechetDistance(x, x, { confidence: 90 })).toThrow(/between 0 and 1/);
    expect(() => calibratedFrechetDistance(x, gaussianFeatures(30, [1], 1))).toThrow(/same layer/);
    const tiny = gaussianFeatures(30, [1e-300, 1e-300], 1);
    expect(() => calibratedFrechetDistance(x, tiny)).toThrow(/generated features are within .*e-150 of their means/);
  });
});
