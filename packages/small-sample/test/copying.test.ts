import { RandomState, matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { adviceFor, adviceWarnings, covarianceRank, memorisation, nearDuplicates } from '../src/index.js';
import { gaussianFeatures } from './gaussian-features.js';

const variances = new Float64Array(16).fill(1);
const training = gaussianFeatures(150, variances, 1);
const heldOut = gaussianFeatures(150, variances, 2);

function jittered(source: typeof training, rows: number, seed: number, size: number) {
  const random = new RandomState(seed);
  const data = new Float64Array(rows * 16);
  for (let i = 0; i < data.length; i++) data[i] = source.data[i % source.data.length] + size * random.randn();
  return { data, rows, cols: 16 };
}

describe('memorisation', () => {
  it('finds nothing in a fresh sample', () => {
    const { copies, repeats, verdict } = memorisation(training, gaussianFeatures(150, variances, 3), { heldOut });
    expect({ copies, repeats }).toEqual({ copies: false, repeats: false });
    expect(verdict).toMatch(/^No sign of copying/);
  });

  it('finds copies with a little noise', () => {
    const result = memorisation(training, jittered(training, 150, 4, 0.05), { heldOut });
    expect(result.copies).toBe(true);
    expect(result.tooNear).toBeGreaterThan(0.9);
    expect(result.authPct).toBeLessThan(5);
    expect(result.dataCopying).toBeLessThan(-3);
    expect(result.verdict).toMatch(/^Copies its training set:/);
  });

  it('reports exact copies, which break the independence of the sets', () => {
    const result = memorisation(training, training, { heldOut });
    expect(result.exactCopies).toBe(150);
    expect(result.warnings.join()).toMatch(/150 generated images equal a reference image/);
  });

  it('finds a generator that makes five images, and says so when no images are held out', () => {
    const five = gaussianFeatures(5, variances, 5);
    const result = memorisation(training, jittered(five, 100, 6, 0.001));
    expect(result.repeats).toBe(true);
    expect(result.duplicates.supportSize).toBeLessThan(150);
    expect(result.warnings.join()).toMatch(/no held-out images/);
  });
});

describe('nearDuplicates', () => {
  it('lists each pair once, nearest first, by name', () => {
    const x = matrix([[0], [1], [2], [3]]);
    const y = matrix([[0], [50], [0.05], [50]]);
    const { pairs, supportSize } = nearDuplicates(x, y, { names: ['a', 'b', 'c', 'd'] });
    expect(pairs.map(({ names }) => names)).toEqual([
      ['b', 'd'],
      ['a', 'c'],
    ]);
    expect(supportSize).toBe(4);
  });

  it('refuses names that do not fit', () => {
    expect(() => nearDuplicates(training, training, { names: ['a'] })).toThrow(/as many names, got 1/);
  });
});

describe('covarianceRank', () => {
  it('counts directions', () => {
    expect(
      covarianceRank(
        matrix([
          [0, 0],
          [1, 1],
          [2, 2],
        ]),
      ),
    ).toMatchObject({ rank: 1, possible: 2, effective: expect.closeTo(1, 12) });
    expect(
      covarianceRank(
        matrix([
          [1, 1],
          [1, 1],
          [1, 1],
        ]),
      ).rank,
    ).toBe(0);
  });
});

describe('adviceFor', () => {
  it('trusts KID and the calibrated distance, not FID, with 200 images of 2048 features', () => {
    const advice = adviceFor({ n: { reference: 200, generated: 200 }, dimension: 2048 });
    const trust = Object.fromEntries(advice.map((item) => [item.metric, item.trust]));
    expect(trust).toMatchObject({ fid: 'no', kid: 'yes', 'fid-calibrated': 'yes', 'fid-infinity': 'no' });
    expect(adviceWarnings(advice)[0]).toMatch(/^fid can't be trusted here: 200 images for 2048 features/);
  });

  it('trusts FID with fifty thousand, and refuses no images', () => {
    const n = { reference: 50_000, generated: 50_000 };
    expect(adviceFor({ n, dimension: 2048 })[0]).toMatchObject({ metric: 'fid', trust: 'yes' });
    expect(() => adviceFor({ n: { ...n, generated: 0 }, dimension: 8 })).toThrow(
      /generated must be a positive integer/,
    );
  });
});
