import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix, RandomState } from '@plateau/numerics';
import { vendiScore, vendiScoreOfSimilarities } from '../src/index.js';
import { expected, goldenSet, setNames } from './goldens.js';
import { mapped, normals, pick, reflected } from './make-features.js';
import { expectRelative } from './matchers.js';

describe('vendiScore', () => {
  test.each(setNames)('%s equals dgm-eval, orders 1 and 2', (name) => {
    const { reference, generated } = goldenSet(name);
    expectRelative(vendiScore(reference), expected[name].vendiReference);
    expectRelative(vendiScore(generated), expected[name].vendiGenerated);
    expectRelative(vendiScore(generated, { q: 2 }), expected[name].vendiGeneratedQ2);
  });

  test('METRICS: five rows repeated 80 times against the 500 they come from', () => {
    const [x] = normals(0, [500, 32]);
    expect(vendiScore(x)).toBeCloseTo(31.0326, 4);
    expect(
      vendiScore(
        pick(
          x,
          Int32Array.from({ length: 400 }, (_, i) => i % 5),
        ),
      ),
    ).toBeCloseTo(4.7047, 4);
  });

  test('METRICS: of a similarity matrix', () => {
    const similarities = matrix([[1, 0.9, 0], [0.9, 1, 0], [0, 0, 1]]); // prettier-ignore
    expect(vendiScoreOfSimilarities(similarities)).toBeCloseTo(2.1573004834, 10);
  });

  test('counts equally frequent kinds, in every order', () => {
    const kinds = matrix([[1, 0, 0], [0, 2, 0], [0, 0, 3], [4, 0, 0], [0, 5, 0], [0, 0, 6]]); // prettier-ignore
    for (const q of [0, 0.5, 1, 2, Infinity]) expect(vendiScore(kinds, { q })).toBeCloseTo(3, 12);
  });

  test('is 1 for copies, falls with the order, and ignores length, rotation, order and repetition', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 2, max: 20 }), fc.integer({ min: 2, max: 20 }), (seed, n, d) => {
        const [x] = normals(seed, [n, d]);
        const value = vendiScore(x);
        const close = (other: number) => expect(Math.abs(other / value - 1)).toBeLessThan(1e-9);
        close(vendiScore(mapped(x, (element, row) => element * (row + 1))));
        close(vendiScore(reflected(x, seed)));
        close(vendiScore(pick(x, new RandomState(seed).permutation(n))));
        close(
          vendiScore(
            pick(
              x,
              Int32Array.from({ length: 2 * n }, (_, i) => i % n),
            ),
          ),
        );
        expect(vendiScore(pick(x, [0, 0, 0]))).toBeCloseTo(1, 12);
        const orders = [0.3, 1, 2, 5, Infinity].map((q) => vendiScore(x, { q }));
        for (let i = 1; i < orders.length; i++) expect(orders[i]).toBeLessThanOrEqual(orders[i - 1] * (1 + 1e-12));
      }),
    );
  });

  test('takes rows of zeros as alike and unlike all others', () => {
    expect(vendiScore(matrix([[0, 0], [0, 0]]))).toBeCloseTo(1, 12); // prettier-ignore
    expect(vendiScore(matrix([[0, 0], [1, 0]]))).toBeCloseTo(2, 12); // prettier-ignore
  });

  test('refuses bad input', () => {
    expect(() => vendiScore(matrix([]))).toThrow('the given set has 0 samples');
    expect(() => vendiScore(matrix([[1, NaN]]))).toThrow('NaN in row 0, column 1');
    for (const q of [-1, NaN]) expect(() => vendiScore(matrix([[1]]), { q })).toThrow('order q');
  });
});
