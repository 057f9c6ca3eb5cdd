import { describe, expect, test } from 'vitest';
import {
  alphaPrecision,
  authenticPercentage,
  frechetDiagonalDistance,
  frechetMeanDistance,
  GaussianStatistics,
  inceptionScore,
  mongeInceptionDistance,
  precisionRecallCurve,
  slicedWassersteinApproximation,
} from '../src/index.js';
import { expected, goldenMatrix, goldenSet, setNames } from './goldens.js';
import { normals, pick, single } from './make-features.js';
import { expectRelative } from './matchers.js';

const firstRows = (set: ReturnType<typeof goldenSet>['reference'], n: number) =>
  pick(
    set,
    Int32Array.from({ length: n }, (_, i) => i),
  );

describe.each(setNames)('%s equals the reference implementations', (name) => {
  const { reference, generated } = goldenSet(name);
  const golden = expected[name];

  test('Fréchet distance of the means and of diagonal covariances, from features and statistics', () => {
    for (const [x, y] of [
      [reference, generated],
      [GaussianStatistics.of(reference), GaussianStatistics.of(generated)],
    ]) {
      expectRelative(frechetMeanDistance(x, y), golden.frechetMeanOnly);
      expectRelative(frechetDiagonalDistance(x, y), golden.frechetDiagonal);
    }
  });

  test('AuthPct (dgm-eval), and authenticity beside α-precision', () => {
    expectRelative(authenticPercentage(reference, generated), golden.authpct);
    expectRelative(alphaPrecision(reference, generated).authenticity, golden.authpct / 100);
  });

  test('sliced Wasserstein approximation (dgm-eval)', () => {
    expectRelative(slicedWassersteinApproximation(reference, generated), golden.slicedWassersteinApprox);
  });

  test('MIND (torch-fidelity) to its tolerance', () => {
    expectRelative(mongeInceptionDistance(reference, generated).value, golden.mind.value, golden.mind.tolerance);
  });

  // Repeated with other seeds, the reference implementation itself gives F⅛ of 0.34 to 0.47 on blurred128.
  const tolerance = name === 'blurred128' ? 0.13 : golden.prd.tolerance;
  test(`precision-recall curve (Sajjadi et al.) to ${tolerance}`, () => {
    const { n, f8, fEighth } = golden.prd;
    const curve = precisionRecallCurve(firstRows(reference, n), firstRows(generated, n));
    expect(Math.abs(curve.f8 - f8)).toBeLessThan(tolerance);
    expect(Math.abs(curve.fEighth - fEighth)).toBeLessThan(tolerance);
    expect(curve.warnings).toEqual([]);
  });
});

describe('Inception Score', () => {
  const logits = goldenMatrix('logits.npy');

  test('equals torch-fidelity on 1008 logits, shuffled and not', () => {
    const { isShuffled, isUnshuffled } = expected.logits;
    const shuffled = inceptionScore(logits);
    expectRelative(shuffled.mean, isShuffled.inception_score_mean);
    expectRelative(shuffled.std, isShuffled.inception_score_std);
    const plain = inceptionScore(logits, { shuffle: false });
    expectRelative(plain.mean, isUnshuffled.inception_score_mean);
    expectRelative(plain.std, isUnshuffled.inception_score_std);
  });
});

test('METRICS: mean-only and diagonal of float32 randn(256, 2048) twice, seed 0', () => {
  const [x, y] = normals(0, [256, 2048], [256, 2048]).map(single);
  expect(frechetMeanDistance(x, y)).toBeCloseTo(14.9910641, 6);
  expect(frechetDiagonalDistance(x, y)).toBeCloseTo(23.003722, 6);
});

test('METRICS: AuthPct of RandomState(0), 200×8 and 150×8', () => {
  const [training, generated] = normals(0, [200, 8], [150, 8]);
  expect(authenticPercentage(training, generated)).toBe(64);
});
