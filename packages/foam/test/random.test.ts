import { describe, expect, it } from 'vitest';
import { createRandom } from '../src/random.js';

const draw = (count: number, next: () => number): number[] => Array.from({ length: count }, next);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('createRandom', () => {
  it('gives the same numbers for the same key, others for another', () => {
    const first = draw(5, createRandom(1, 'pristine', 0, 'cells').uniform);
    expect(draw(5, createRandom(1, 'pristine', 0, 'cells').uniform)).toEqual(first);
    for (const key of [
      [2, 'pristine', 0, 'cells'],
      [1, 'pristine', 1, 'cells'],
      [1, 'pristine', 0, 'noise'],
      [11, 'ristine', 0, 'cells'],
    ]) {
      expect(draw(5, createRandom(...key).uniform)).not.toEqual(first);
    }
  });

  it('is uniform: each tenth of [0, 1) gets a tenth of the draws', () => {
    const { uniform } = createRandom('uniform');
    const counts = new Array<number>(10).fill(0);
    for (const value of draw(100_000, uniform)) counts[Math.floor(value * 10)]! += 1;
    // χ² with 9 degrees of freedom stays below 27.9 with probability 0.999.
    expect(counts.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });

  it('is normal: moments 0, 1, 0 and 3', () => {
    const values = draw(200_000, createRandom('normal').normal);
    // Four standard errors: 1, √2, √15 and √96 over √200000.
    expect(Math.abs(mean(values))).toBeLessThan(0.009);
    expect(Math.abs(mean(values.map((v) => v ** 2)) - 1)).toBeLessThan(0.0127);
    expect(Math.abs(mean(values.map((v) => v ** 3)))).toBeLessThan(0.035);
    expect(Math.abs(mean(values.map((v) => v ** 4)) - 3)).toBeLessThan(0.088);
  });
});
