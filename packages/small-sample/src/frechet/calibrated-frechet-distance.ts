import { RandomState, type Matrix } from '@plateau/numerics';
import { checkConfidence, checkCount } from '../resampling/check-settings.js';
import { studentQuantile } from '../resampling/student-quantile.js';
import { CrossProducts } from './cross-products.js';
import { naiveDistance, type CrossMoments } from './cross-moments.js';
import { crossSpectrum } from './cross-spectrum.js';
import { calibrate, type CalibratedParts } from './calibrate.js';
import { drawCorrection } from './correction-draw.js';
import { FEWEST_FOR_SELF_DISTANCE, selfDistance, type SelfDistance } from './self-distance.js';

/** Settings of `calibratedFrechetDistance`. */
export interface CalibratedOptions {
  /** Draws of the parametric bootstrap behind the interval; default 20, and 0 for no interval. */
  readonly draws?: number;
  /** Groups of the jackknife behind the interval; default 20. */
  readonly groups?: number;
  /** Default 0.9. */
  readonly confidence?: number;
  /** Seed of the draws and of the jackknife's groups; default 2020. */
  readonly seed?: number;
  /** Called after each of the `draws + groups` steps of the interval. */
  readonly onStep?: () => void;
}

/** A Fréchet distance without the bias of small samples, and how sure it is. */
export interface CalibratedDistance extends CalibratedParts {
  /** Nearly unbiased, so it may fall below 0 where the truth is near 0; the parts less half the excess of either set. */
  readonly value: number;
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  /** The Fréchet distance as the literature defines it: FID. */
  readonly naive: number;
  /** Of either set against itself; missing below 80 images. */
  readonly selfDistance?: { readonly reference: SelfDistance; readonly generated: SelfDistance };
  readonly warnings: readonly string[];
}

/** Above this share of extrapolation the value rests more on the shape of the spectrum than on the samples. */
const MOSTLY_EXTRAPOLATED = 0.5;

/**
 * A Fréchet distance that is nearly unbiased where there are far fewer images than features (n ≪ d), with an interval.
 * In squared feature units; lower is better.
 *
 * The mean term and the traces have unbiased estimators. The cross term tr (ΣxΣy)^½ comes from random matrix theory (in
 * the spirit of Tiomoko & Couillet 2019, but for n < d too): the singular values of Ax·Ayᵀ are those of
 * Zx·diag(s)·Zyᵀ with white Z and Σ s wanted, the effective dimension of s is read off wherever the samples show it, and
 * a power law with an exponential cut-off continues it. docs/small-sample.md has the measurements. The interval adds the
 * variances of the naive distance (jackknife over groups of images) and of the correction (parametric bootstrap). Where
 * halves of one set come out significantly apart, the features break the theory's assumption; that excess, whose truth is
 * 0, is carried to n and half of either set's is taken off.
 *
 * It assumes independent samples: duplicates and near-duplicates lower the value. Not comparable with published FIDs.
 * @param reference n×d features, n ≥ 20
 * @param generated m×d features, m ≥ 20
 * @throws RangeError when a set has fewer than 20 samples, the widths differ, an element is NaN or Inf or an option is out
 * of range
 * @example calibratedFrechetDistance(x, y, { draws: 0 }).value
 */
export function calibratedFrechetDistance(
  reference: Matrix,
  generated: Matrix,
  options: CalibratedOptions = {},
): CalibratedDistance {
  const { draws = 20, groups = 20, confidence = 0.9, seed = 2020, onStep = () => {} } = options;
  if (draws !== 0) checkCount('draws', draws, 2);
  checkCount('groups', groups, 2);
  checkConfidence(confidence);
  for (const [role, { rows }] of Object.entries({ reference, generated })) {
    if (rows < Math.max(20, groups)) {
      throw new RangeError(
        `the ${role} set has ${rows} samples and the calibrated distance needs ${Math.max(20, groups)}: add images`,
      );
    }
  }
  const products = new CrossProducts(reference, generated);
  const moments = products.moments();
  const parts = calibrate(moments);
  const own = ownDistances(reference, generated, seed);
  const excess = own ? (own.reference.excess + own.generated.excess) / 2 : 0;
  const result = {
    ...parts,
    value: parts.value - excess,
    naive: naiveDistance(moments),
    ...(own ? { selfDistance: own } : {}),
    warnings: warningsOf(moments, parts.extrapolated, excess),
  };
  if (draws === 0) return result;

  const sampling = jackknifeVariance(products, moments.n, groups, seed, onStep);
  const spectrum = crossSpectrum(moments);
  const corrections = Float64Array.from({ length: draws }, (_, draw) => {
    const value = drawCorrection({ n: moments.n, spectrum, seed: (seed + 1 + draw) % 2 ** 32 });
    onStep();
    return value;
  });
  const mean = corrections.reduce((sum, value) => sum + value, 0) / draws;
  const spread = corrections.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
  const ownError = own ? Math.hypot(own.reference.excessError, own.generated.excessError) / 2 : 0;
  const variance = sampling + spread + ownError ** 2;
  const standardError = Math.sqrt(variance);
  const freedom =
    variance === 0 ? Infinity : variance ** 2 / (sampling ** 2 / (groups - 1) + spread ** 2 / (draws - 1));
  const width = studentQuantile((1 + confidence) / 2, freedom) * standardError;
  return { ...result, standardError, interval: [result.value - width, result.value + width] };
}

function ownDistances(reference: Matrix, generated: Matrix, seed: number): CalibratedDistance['selfDistance'] {
  if (Math.min(reference.rows, generated.rows) < FEWEST_FOR_SELF_DISTANCE) return undefined;
  const random = new RandomState(seed);
  return { reference: selfDistance(reference, random), generated: selfDistance(generated, random) };
}

/** Of the naive distance, leaving one group of either set out at a time: its two parts are independent and add up. */
function jackknifeVariance(
  products: CrossProducts,
  n: CrossMoments['n'],
  groups: number,
  seed: number,
  onStep: () => void,
): number {
  const random = new RandomState(seed);
  const orderX = random.permutation(n.reference);
  const orderY = random.permutation(n.generated);
  const values = Float64Array.from({ length: groups }, (_, group) => {
    const stays = (_row: number, position: number) => position % groups !== group;
    const value = naiveDistance(products.moments(orderX.filter(stays), orderY.filter(stays)));
    onStep();
    return value;
  });
  const mean = values.reduce((sum, value) => sum + value, 0) / groups;
  return (values.reduce((sum, value) => sum + (value - mean) ** 2, 0) * (groups - 1)) / groups;
}

function warningsOf({ n, dimension, crossValues }: CrossMoments, extrapolated: number, excess: number): string[] {
  const warnings: string[] = [];
  const rank = Math.min(n.reference - 1, n.generated - 1, dimension);
  const found = crossValues.filter((value) => value > crossValues[0] * 1e-10).length;
  if (found < rank) {
    warnings.push(
      `the covariances share only ${found} of ${rank} possible directions: duplicates or dependent features break the ` +
        'calibration',
    );
  }
  if (extrapolated > MOSTLY_EXTRAPOLATED) {
    warnings.push(
      `${Math.round(100 * extrapolated)} % of the cross term is extrapolated from the shape of the spectrum: add images`,
    );
  }
  if (excess > 0) {
    warnings.push(
      `halves of one set are not 0 apart for the calibration, so ${excess.toPrecision(3)} was taken off: the features are ` +
        'no mixtures of independent values, and the interval is optimistic',
    );
  }
  return warnings;
}
