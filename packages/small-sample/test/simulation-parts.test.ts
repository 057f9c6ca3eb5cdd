import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { drawCorrection } from '../src/frechet/correction-draw.js';
import { whiteFactor } from '../src/frechet/white-factor.js';
import { studentQuantile } from '../src/resampling/student-quantile.js';
import { powerLaw } from './gaussian-features.js';

describe('whiteFactor', () => {
  // Mean, variance and fourth moment of the standard normal: 0, 1, 3.
  it('has the first moments of the normal distribution where n ≤ d', () => {
    const { data, rows } = whiteFactor(100, 1000, new RandomState(1));
    const moment = (power: number) => data.reduce((sum, value) => sum + value ** power, 0) / data.length;
    expect(rows).toBe(100);
    expect(moment(1)).toBeCloseTo(0, 1);
    expect(moment(2)).toBeCloseTo(1, 1);
    expect(moment(4)).toBeCloseTo(3, 1);
  });

  // E WᵀW = n·I for any n.
  it('has the scatter of n samples in d rows where n > d', () => {
    const draws = Array.from({ length: 300 }, (_, seed) => whiteFactor(50, 3, new RandomState(seed)));
    const scatter = (a: number, b: number) =>
      draws.reduce((sum, { data, rows }) => {
        for (let r = 0; r < rows; r++) sum += data[r * 3 + a] * data[r * 3 + b];
        return sum;
      }, 0) / draws.length;
    expect(draws[0].rows).toBe(3);
    expect(Math.abs(scatter(0, 0) - 50)).toBeLessThan(2);
    expect(Math.abs(scatter(2, 2) - 50)).toBeLessThan(2);
    expect(Math.abs(scatter(0, 2))).toBeLessThan(2);
  });
});

describe('drawCorrection', () => {
  it('takes off about what the naive cross term misses', () => {
    const spectrum = powerLaw(300, 1, 10);
    const draw = { n: { reference: 60, generated: 60 }, spectrum, seed: 3 };
    const correction = drawCorrection(draw);
    expect(correction).toBeLessThan(-3);
    expect(correction).toBeGreaterThan(-14);
    expect(drawCorrection(draw)).toBe(correction);
  });
});

describe('studentQuantile', () => {
  // Tables of Student's t.
  it.each([
    [0.95, 19, 1.7291],
    [0.975, 10, 2.2281],
    [0.95, 5, 2.015],
    [0.95, Infinity, 1.6449],
  ])('is near the table at %f with %f degrees of freedom', (probability, freedom, expected) => {
    expect(Math.abs(studentQuantile(probability, freedom) - expected)).toBeLessThan(0.01);
  });
});
