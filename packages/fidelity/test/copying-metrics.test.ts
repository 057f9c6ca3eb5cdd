import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matrix } from '@plateau/numerics';
import {
  authenticPercentage,
  dataCopyingTest,
  featureLikelihoodDivergence,
  frechetDistance,
  memorisationInformedDistance,
  Neighbourhoods,
  realismScores,
} from '../src/index.js';
import { SampleMixture } from '../src/sample-mixture.js';
import { mapped, normals, pick, single } from './make-features.js';
import { expectRelative } from './matchers.js';

const firstRows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe('authenticPercentage', () => {
  test('is 0 for copies and 100 for samples far away', () => {
    const [x] = normals(1, [40, 5]);
    expect(authenticPercentage(x, pick(x, firstRows(20)))).toBe(0);
    expect(
      authenticPercentage(
        x,
        mapped(x, (value) => value + 100),
      ),
    ).toBe(100);
    expect(() => authenticPercentage(pick(x, [0]), x)).toThrow('k = 1 needs more than 1 reference samples, got 1');
  });
});

describe('realismScores', () => {
  test('are at least 1 exactly in the balls of at most median radius', () => {
    const sets = new Neighbourhoods(matrix([[0], [1], [3], [40]]), matrix([[2], [9], [0]]), { k: [1] });
    // Radii 1, 1, 2, 37; the median is 1.5, so the balls around 0 and 1 count.
    expect([...realismScores(sets, { k: 1 })]).toEqual([1, 1 / 8, Infinity]);
  });

  test('are the same in float32 and do not depend on scale', () => {
    const [x, y] = normals(2, [30, 4], [20, 4]).map(single);
    const scores = realismScores(x, y);
    expect([
      ...realismScores(
        mapped(x, (v) => 4 * v),
        mapped(y, (v) => 4 * v),
      ),
    ]).toEqual([...scores]);
  });
});

describe('memorisationInformedDistance', () => {
  test('divides by the memorisation distance below the threshold only', () => {
    const [x, y] = normals(3, [60, 6], [60, 6]);
    const far = memorisationInformedDistance(x, y, { threshold: 0 });
    expect(far.value).toBe(frechetDistance(x, y).value);
    const near = memorisationInformedDistance(x, y, { threshold: 1 });
    expect(near.value).toBe(far.frechetDistance / far.memorisationDistance);
    expect(far.memorisationDistance).toBeGreaterThan(0);
  });

  test('equals the definition: one minus the largest absolute cosine, averaged over generated samples', () => {
    const { memorisationDistance } = memorisationInformedDistance(
      matrix([[1, 0], [0, 1]]), // prettier-ignore
      matrix([[3, 4], [-1, 0], [2, 2]]), // prettier-ignore
    );
    expectRelative(memorisationDistance, (0.2 + 0 + (1 - Math.SQRT1_2)) / 3, 1e-14);
  });

  test('stays finite for copies and refuses a threshold that is no distance', () => {
    const [x, y] = normals(3, [10, 3], [10, 3]);
    expect(Number.isFinite(memorisationInformedDistance(x, pick(x, firstRows(5))).value)).toBe(true);
    for (const threshold of [-1, 2, NaN]) {
      expect(() => memorisationInformedDistance(x, y, { threshold })).toThrow('threshold');
    }
  });
});

describe('dataCopyingTest', () => {
  const [training, heldOut, fresh] = normals(4, [300, 6], [200, 6], [200, 6]);

  test('is near 0 for fresh samples, far below for noisy copies, far above for what lies elsewhere', () => {
    expect(Math.abs(dataCopyingTest(training, fresh, { heldOut }).value)).toBeLessThan(3);
    const copies = mapped(pick(training, firstRows(200)), (value, i, j) => value + 0.01 * fresh.data[i * 6 + j]);
    expect(dataCopyingTest(training, copies, { heldOut }).value).toBeLessThan(-8);
    expect(
      dataCopyingTest(
        training,
        mapped(fresh, (value) => 2 * value),
        { heldOut },
      ).value,
    ).toBeGreaterThan(5);
  });

  test('in one cell is the z-scored Mann–Whitney U', () => {
    // Distances to the nearest training sample: generated 1 (25 times), held-out 2 (10 times) and 1 (10 times).
    const line = matrix([[0], [100], [200], [300]]); // prettier-ignore
    const generated = matrix(Array.from({ length: 25 }, (_, i) => [(i % 4) * 100 + 1]));
    const held = matrix(Array.from({ length: 20 }, (_, i) => [(i % 4) * 100 + (i < 10 ? 2 : 1)]));
    const { value } = dataCopyingTest(line, generated, { heldOut: held, cells: 1 });
    const u = 25 * 10 * 0 + 25 * 10 * 0.5;
    expectRelative(value, (u - (500 / 2 - 0.5)) / Math.sqrt((500 * 46) / 12), 1e-12);
  });

  test('reduces many features and says when half the reference stood in for held-out samples', () => {
    const [wide, made] = normals(5, [150, 100], [100, 100]);
    const result = dataCopyingTest(wide, made, { components: 10 });
    expect(Number.isFinite(result.value)).toBe(true);
    expect(result.warnings).toEqual([expect.stringContaining('half of the reference')]);
    expect(dataCopyingTest(training, fresh, { heldOut }).warnings).toEqual([]);
  });

  test('refuses too few generated samples and bad options', () => {
    expect(() => dataCopyingTest(training, pick(fresh, firstRows(10)))).toThrow('no cell has more than 20');
    expect(() => dataCopyingTest(training, fresh, { cells: 0 })).toThrow('cells must be');
    expect(() => dataCopyingTest(training, fresh, { heldOut: normals(1, [9, 2])[0] })).toThrow(
      'held-out features have 2',
    );
  });
});

describe('featureLikelihoodDivergence', () => {
  const [training, heldOut, fresh] = normals(6, [200, 8], [150, 8], [200, 8]);

  test('ranks fresh samples before distorted ones, and those before copies of a few', () => {
    const value = (set: typeof fresh) => featureLikelihoodDivergence(training, set, { heldOut }).value;
    const good = value(fresh);
    expect(value(mapped(fresh, (v) => 1.5 * v))).toBeGreaterThan(good);
    expect(value(pick(training, firstRows(200)))).toBeGreaterThan(good);
    expect(value(mapped(fresh, (v) => v + 3))).toBeGreaterThan(good + 20);
  });

  test('equals a Gaussian’s likelihood for one centre and unit variance', () => {
    const mixture = new SampleMixture(matrix([[0, 0]])); // prettier-ignore
    const samples = matrix([[1, 0], [0, 2]]); // prettier-ignore
    expectRelative(mixture.negativeLogLikelihood(samples), (2.5 / 2 + Math.log(2 * Math.PI)) / 2, 1e-14);
  });

  test('lives with features that do not vary, and with exact copies', () => {
    fc.assert(
      fc.property(fc.nat(50), (seed) => {
        const [x, y] = normals(seed, [30, 4], [20, 4]).map((set) => mapped(set, (v, _, j) => (j === 2 ? 7 : v)));
        expect(Number.isFinite(featureLikelihoodDivergence(x, y).value)).toBe(true);
        expect(Number.isFinite(featureLikelihoodDivergence(x, pick(x, firstRows(10))).value)).toBe(true);
      }),
      { numRuns: 10 },
    );
  });

  test('refuses sets that are too small', () => {
    expect(() => featureLikelihoodDivergence(pick(training, firstRows(3)), fresh)).toThrow('at least 4 are needed');
    expect(() => featureLikelihoodDivergence(training, fresh, { heldOut: pick(heldOut, [0]) })).toThrow(
      'the held-out set has 1 samples',
    );
  });
});
