import { RandomState, type Matrix } from '@plateau/numerics';
import { variance } from 'simple-statistics';
import { checkConfidence, checkCount } from '../resampling/check-settings.js';
import { studentQuantile } from '../resampling/student-quantile.js';
import { CrossProducts } from './cross-products.js';
import { naiveDistance, type CrossMoments, type SampleWeights } from './cross-moments.js';
import { crossSpectrum } from './cross-spectrum.js';
import { calibrate, type CalibratedParts } from './calibrate.js';
import { drawCorrection } from './correction-draw.js';
import { tailStrength, weighted, type TailStrength } from './tail-strength.js';

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
  /** Nearly unbiased, so it may fall below 0 where the truth is near 0. */
  readonly value: number;
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  /** The Fréchet distance as the literature defines it: FID. */
  readonly naive: number;
  /** How unevenly the samples of either set spread, as its halves say. */
  readonly tails: { readonly reference: TailStrength; readonly generated: TailStrength };
  readonly warnings: readonly string[];
}

/** Above this share of extrapolation the value rests more on the shape of the spectrum than on the samples. */
const MOSTLY_EXTRAPOLATED = 0.5;
/** The largest share of the bias that is in doubt for the shape of the features: simulated rectified ones miss by that. */
const MOST_DOUBT = 0.025;
/** Halves this many standard deviations apart are not explained by the model. */
const UNEXPLAINED = 3;

/**
 * A Fréchet distance that is nearly unbiased where there are far fewer images than features (n ≪ d), with an interval.
 * In squared feature units; lower is better.
 *
 * The mean term and the traces have unbiased estimators. The cross term tr (ΣxΣy)^½ comes from random matrix theory (in
 * the spirit of Tiomoko & Couillet 2019, but for n < d too): the singular values of Ax·Ayᵀ are those of
 * Zx·diag(s)·Zyᵀ with white Z and Σ s wanted, the effective dimension of s is read off wherever the samples show it, and
 * a power law with an exponential cut-off continues it. Samples may spread unevenly (heavy tails): they are weighed by
 * their leverage, to the power that lets random halves of either set come out 0 apart. docs/small-sample.md has the
 * measurements. The interval adds the variances of the naive distance (jackknife over groups of images), of the
 * correction (parametric bootstrap) and of the weights.
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
  const weights = products.weights(moments);
  const random = new RandomState(seed);
  const tails = { reference: tailStrength(reference, random), generated: tailStrength(generated, random) };
  const strengths = [tails.reference.strength, tails.generated.strength] as const;
  const fitted = weighted(moments, weights, ...strengths);
  const parts = calibrate(fitted);
  const result = {
    ...parts,
    naive: naiveDistance(moments),
    tails,
    warnings: warningsOf(moments, parts.extrapolated, tails),
  };
  if (draws === 0) return result;

  const sampling = jackknifeVariance(products, moments.n, groups, seed, onStep);
  const spectrum = crossSpectrum(fitted);
  const corrections = Float64Array.from({ length: draws }, (_, draw) => {
    const settings = { n: moments.n, spectrum, weights: fitted.weights, seed: (seed + 1 + draw) % 2 ** 32 };
    const value = drawCorrection(settings);
    onStep();
    return value;
  });
  const mean = corrections.reduce((sum, value) => sum + value, 0) / draws;
  const spread = corrections.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
  const doubt = modelVariance(moments, weights, tails, result);
  const total = sampling + spread + doubt;
  const standardError = Math.sqrt(total);
  // As shares of the total, whose square could leave float64's range.
  const freedom =
    total === 0 ? Infinity : 1 / ((sampling / total) ** 2 / (groups - 1) + (spread / total) ** 2 / (draws - 1));
  const width = studentQuantile((1 + confidence) / 2, freedom) * standardError;
  return { ...result, standardError, interval: [result.value - width, result.value + width] };
}

/**
 * What the model may be wrong by: the strengths' errors, half of what the strengths change, and a share of the bias where
 * samples are not all alike, since features that spread unevenly are seldom uneven in that one way only.
 */
function modelVariance(
  moments: CrossMoments,
  weights: SampleWeights | undefined,
  { reference, generated }: CalibratedDistance['tails'],
  { value, naive }: Pick<CalibratedDistance, 'value' | 'naive'>,
): number {
  if (!weights) return 0;
  const at = (x: number, y: number) => calibrate(weighted(moments, weights, Math.max(0, x), Math.max(0, y))).value;
  const [x, y] = [reference.strength, generated.strength];
  const ofReference = (at(x + reference.error, y) - at(x - reference.error, y)) / 2;
  const ofGenerated = (at(x, y + generated.error) - at(x, y - generated.error)) / 2;
  const ofStrength = (value - at(1, 1)) / 2;
  const unevenness = variance(Array.from(weights.reference)) + variance(Array.from(weights.generated));
  const ofShape = Math.min(MOST_DOUBT, unevenness) * Math.max(0, naive - value);
  return ofReference ** 2 + ofGenerated ** 2 + ofStrength ** 2 + ofShape ** 2;
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

function warningsOf(
  { n, dimension, crossValues }: CrossMoments,
  extrapolated: number,
  tails: CalibratedDistance['tails'],
): string[] {
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
  for (const [role, { halves, noise }] of Object.entries(tails)) {
    if (halves === undefined || noise === undefined || Math.abs(halves) <= UNEXPLAINED * noise) continue;
    warnings.push(
      `halves of the ${role} set come out ${halves.toPrecision(3)} ± ${noise.toPrecision(3)} apart, where 0 is true: the ` +
        'features are unlike what the calibration assumes, and the interval is too narrow',
    );
  }
  return warnings;
}
