import { describe, expect, test } from 'vitest';
import { matrix } from '@plateau/numerics';
import { inceptionScore } from '../src/index.js';
import { mapped, normals } from './make-features.js';
import { expectRelative } from './matchers.js';

describe('inceptionScore', () => {
  const [logits] = normals(0, [1000, 10]).map((x) => mapped(x, (value) => 2 * value));

  // METRICS' public check values.
  test.each([
    [{ shuffle: false }, 2.6208123345, 0.1149052155],
    [{ shuffle: false, splits: 1 }, 2.6441549981, 0],
    [{}, 2.6149253209, 0.079976567],
  ])('RandomState(0), 2·randn(1000, 10), %o', (options, mean, std) => {
    const score = inceptionScore(logits, options);
    expectRelative(score.mean, mean, 1e-9);
    expectRelative(score.std, std, 1e-7);
  });

  test('is 1 for equal rows, the number of classes for certain and even ones, and ignores a shift of the logits', () => {
    expect(
      inceptionScore(
        mapped(logits, (_, __, j) => j),
        { splits: 2 },
      ).mean,
    ).toBeCloseTo(1, 12);
    const certain = mapped(matrix(new Float64Array(36), 6, 6), (_, i, j) => (i === j ? 1e4 : 0));
    expect(inceptionScore(certain, { splits: 1 }).mean).toBeCloseTo(6, 9);
    const shifted = mapped(logits, (value, i) => value + i);
    expect(inceptionScore(shifted).mean).toBeCloseTo(inceptionScore(logits).mean, 9);
  });

  test('refuses probabilities, fewer samples than splits and NaN', () => {
    const probabilities = matrix([[0.2, 0.8], [1, 0]]); // prettier-ignore
    expect(() => inceptionScore(probabilities, { splits: 1 })).toThrow('probabilities already, give the logits');
    expect(() => inceptionScore(matrix([[1, 5]]))).toThrow('10 splits need at least 10 samples, got 1');
    expect(() => inceptionScore(matrix([[1, NaN]]), { splits: 1 })).toThrow('NaN in row 0, column 1');
    expect(() => inceptionScore(logits, { splits: 0 })).toThrow('splits must be');
  });
});
