import { describe, expect, it } from 'vitest';
import { crossTerm } from '../src/frechet/cross-term.js';
import { effectiveDimension } from '../src/frechet/effective-dimension.js';
import { CrossProducts } from '../src/index.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

// The population's effective dimension Σ h/(h + κ) is exact: its eigenvalues are given.
describe('effectiveDimension', () => {
  const d = 600;
  const variances = powerLaw(d, 1, 10);
  const eigenvalues = variances.map((value) => value ** 2);
  const draws = Array.from({ length: 8 }, (_, seed) => {
    const sets = [gaussianFeatures(100, variances, 2 * seed), gaussianFeatures(150, variances, 2 * seed + 1)] as const;
    return new CrossProducts(...sets).moments();
  });

  it.each([0.3, 0.6, 0.8])('is unbiased where the samples show %f of their rank', (share) => {
    const errors = draws.map((moments) => {
      const { scales, dimensions } = effectiveDimension(moments);
      const at = dimensions.findIndex((value) => value > share * 99);
      return eigenvalues.reduce((sum, h) => sum + h / (h + scales[at]), 0) - dimensions[at];
    });
    const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
    const spread = Math.sqrt(errors.reduce((sum, error) => sum + (error - mean) ** 2, 0) / 7 / 8);
    expect(Math.abs(mean)).toBeLessThan(3.5 * spread);
    expect(spread).toBeLessThan(1);
  });

  it('leads to the trace of (ΣxΣy)^½, here 10', () => {
    const values = draws.map((moments) => crossTerm(moments).value);
    const naive = draws[0].crossValues.reduce((sum, value) => sum + value, 0);
    expect(naive).toBeLessThan(8);
    expect(values.reduce((sum, value) => sum + value, 0) / 8).toBeCloseTo(10, 0);
  });
});
