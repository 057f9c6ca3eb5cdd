import { matrix, type Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import {
  extrapolate,
  extrapolateFrechetDistance,
  extrapolateInceptionScore,
  frechetVersusN,
  frechetVersusNTable,
} from '../src/index.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

describe('extrapolate', () => {
  it('carries an exact 1/N law to its constant', () => {
    const { value, slope, rSquared, points } = extrapolate(1000, { points: 5 }, (n) => 3 + 50 / n);
    expect(value).toBeCloseTo(3, 10);
    expect(slope).toBeCloseTo(50, 8);
    expect(rSquared).toBeCloseTo(1, 12);
    expect(points.map(({ n }) => n)).toEqual([100, 325, 550, 775, 1000]);
  });

  it('says how many images the smallest subset needs', () => {
    expect(() => extrapolate(15, {}, () => 0)).toThrow(/at least 20 images are needed/);
  });
});

describe('extrapolateFrechetDistance', () => {
  // Truth 8: eight columns whose means differ by 1.
  it('takes most of the bias off where images outnumber features', () => {
    const x = gaussianFeatures(800, new Float64Array(8).fill(1), 1);
    const y = gaussianFeatures(800, new Float64Array(8).fill(1), 2, 1);
    const { value, rSquared } = extrapolateFrechetDistance(x, y, { sizes: 'both' });
    expect(value).toBeGreaterThan(7);
    expect(value).toBeLessThan(9);
    expect(rSquared).toBeGreaterThan(0);
  });

  // Measured before this package was: naive 41.5 and FID∞ in both sizes 33.0 at n = 200, where the truth is 0.
  it('is far off where features outnumber images, and says so', () => {
    const variances = powerLaw(2048, 1, 60);
    const sets = [1, 2].map((seed) => gaussianFeatures(200, variances, seed)) as [Matrix, Matrix];
    const both = extrapolateFrechetDistance(...sets, { sizes: 'both' });
    expect(both.points.map(({ n }) => n)).toEqual([
      80, 89, 97, 106, 114, 123, 131, 140, 149, 157, 166, 174, 183, 191, 200,
    ]);
    expect(both.points.at(-1)!.value).toBeCloseTo(41.5, 0);
    expect(Math.abs(both.value - 33)).toBeLessThan(1);
    expect(both.warnings.join()).toMatch(/200 images for 2048 features: the bias is no straight line/);
    const published = extrapolateFrechetDistance(...sets, { points: 3 });
    expect(published.points.map(({ n }) => n)).toEqual([20, 110, 200]);
  });
});

describe('extrapolateInceptionScore', () => {
  // Two classes, certain and balanced: every subset scores just below 2.
  it('nears the score of infinitely many images', () => {
    const logits = matrix(Array.from({ length: 400 }, (_, i) => (i % 2 ? [50, 0] : [0, 50])));
    expect(extrapolateInceptionScore(logits).value).toBeCloseTo(2, 1);
  });
});

describe('frechetVersusN', () => {
  const features = gaussianFeatures(400, new Float64Array(6).fill(1), 3);

  it('follows 1/N where images outnumber features', () => {
    const { rows, law, breaksBelow } = frechetVersusN(features, { sizes: [50, 100, 200], trials: 20 });
    expect(rows.map(({ n }) => n)).toEqual([50, 100, 200]);
    expect(law!.rSquared).toBeGreaterThan(0.97);
    expect(rows[0].mean / rows[2].mean).toBeGreaterThan(3);
    expect(breaksBelow === undefined || breaksBelow <= 200).toBe(true);
  });

  it('breaks the law where features outnumber images', () => {
    const wide = gaussianFeatures(80, new Float64Array(300).fill(1), 4);
    expect(frechetVersusN(wide, { sizes: [10, 20, 40], trials: 2 }).breaksBelow).toBe(40);
  });

  it('prints as the layout of Table 5, without a std for one trial', () => {
    const cells = frechetVersusNTable(frechetVersusN(features, { sizes: [50], trials: 1 }));
    expect(cells[0]).toEqual(['n', 'trial 1', 'mean', 'std']);
    expect(cells[1][3]).toBe('–');
  });

  it('says how many images a size needs', () => {
    expect(() => frechetVersusN(features, { sizes: [300] })).toThrow(
      /two groups of 300 need 600 images and there are 400/,
    );
  });
});
