import { RandomState, type Matrix } from '@plateau/numerics';
import { blocksOf, checkSeparateGroups, type Groups } from '../resampling/blocks.js';
import { checkConfidence, checkCount } from '../resampling/check-settings.js';
import { studentQuantile } from '../resampling/student-quantile.js';
import { CrossProducts } from './cross-products.js';
import { naiveDistance } from './cross-moments.js';
import { crossSpectrum } from './cross-spectrum.js';
import { calibrate, type CalibratedParts } from './calibrate.js';
import { calibrationWarnings } from './calibration-warnings.js';
import { drawCorrection } from './correction-draw.js';
import { dependenceBias } from './dependence.js';
import { modelVariance } from './model-variance.js';
import { naiveJackknife } from './naive-jackknife.js';
import { tailStrength, weighted, type TailStrength } from './tail-strength.js';

/** Settings of `calibratedFrechetDistance`. */
export interface CalibratedOptions {
  /** Draws of the parametric bootstrap behind the interval; default 20, and 0 for no interval. */
  readonly draws?: number;
  /** Bundles of images that the jackknife behind the interval leaves out in turn; default 20. */
  readonly bundles?: number;
  /** Labels of rows that are not independent of each other (images of one specimen): they are left out together. */
  readonly groups?: { readonly reference?: Groups; readonly generated?: Groups };
  /** Default 0.9. */
  readonly confidence?: number;
  /** Seed of the draws and of the jackknife's bundles; default 2020. */
  readonly seed?: number;
  /** Called after each of the `draws + bundles` steps of the interval. */
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
  /** What was taken off since images of one group are not independent, as halves without common groups have it. */
  readonly dependence: number;
  /** How unevenly the samples of either set spread, as its halves say. */
  readonly tails: { readonly reference: TailStrength; readonly generated: TailStrength };
  readonly warnings: readonly string[];
}

const FEWEST = 20;

/**
 * A Fréchet distance that is nearly unbiased where there are far fewer images than features (n ≪ d), with an interval.
 * In squared feature units; lower is better.
 *
 * The mean term and the traces have unbiased estimators. The cross term tr (ΣxΣy)^½ comes from random matrix theory (in
 * the spirit of Tiomoko & Couillet 2019, but for n < d too): the singular values of Ax·Ayᵀ are those of
 * Zx·diag(s)·Zyᵀ with white Z and Σ s wanted, the effective dimension of s is read off wherever the samples show it, and
 * a power law with an exponential cut-off continues it. Samples may spread unevenly (heavy tails): they are weighed by
 * their leverage, to the power that lets random halves of either set come out 0 apart. docs/small-sample.md has the
 * measurements. The interval adds the variances of the naive distance (jackknife over bundles of images), of the
 * correction (parametric bootstrap) and of the weights.
 *
 * It assumes independent samples, but for those of one group: groups are left out and halved as they are, and what halves
 * still come out apart by is taken off. Duplicates count for fewer images and raise the value. Not comparable with
 * published FIDs.
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
  const { draws = 20, bundles = 20, groups = {}, confidence = 0.9, seed = 2020, onStep = () => {} } = options;
  if (draws !== 0) checkCount('draws', draws, 2);
  checkCount('bundles', bundles, 2);
  checkConfidence(confidence);
  for (const [role, { rows }] of Object.entries({ reference, generated })) {
    if (rows < FEWEST) {
      throw new RangeError(
        `the ${role} set has ${rows} samples and the calibrated distance needs ${FEWEST}: add images`,
      );
    }
  }
  checkSeparateGroups(groups.reference, groups.generated);
  const blocks = {
    reference: blocksOf(reference.rows, groups.reference, 'the reference set'),
    generated: blocksOf(generated.rows, groups.generated, 'the generated set'),
  };
  const products = new CrossProducts(reference, generated);
  const moments = products.moments();
  const weights = products.weights(moments);
  const random = new RandomState(seed);
  const tails = {
    reference: tailStrength(reference, blocks.reference, random),
    generated: tailStrength(generated, blocks.generated, random),
  };
  const strengths = [tails.reference.strength, tails.generated.strength] as const;
  const fitted = weighted(moments, weights, ...strengths);
  const parts = calibrate(fitted);
  const naive = naiveDistance(moments);
  const dependence = dependenceBias(blocks, tails);
  const result = {
    ...{ ...parts, value: parts.value - dependence.value, naive, tails, dependence: dependence.value },
    warnings: calibrationWarnings(moments, parts.extrapolated, blocks, tails),
  };
  if (draws === 0) return result;

  const sampling = naiveJackknife(products, {
    ...{ blocks, bundles, random: new RandomState(seed), onStep },
    ...{ weights: fitted.weights, bias: naive - parts.value },
  });
  const spectrum = crossSpectrum(fitted);
  const corrections = Float64Array.from({ length: draws }, (_, draw) => {
    const settings = { n: moments.n, spectrum, weights: fitted.weights, seed: (seed + 1 + draw) % 2 ** 32 };
    const value = drawCorrection(settings);
    onStep();
    return value;
  });
  const mean = corrections.reduce((sum, value) => sum + value, 0) / draws;
  const spread = corrections.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (draws - 1);
  const doubt = modelVariance(moments, weights, tails, { value: parts.value, naive }) + dependence.error ** 2;
  const total = sampling.variance + spread + doubt;
  const standardError = Math.sqrt(total);
  // As shares of the total, whose square could leave float64's range.
  const freedom =
    total === 0
      ? Infinity
      : 1 / ((sampling.variance / total) ** 2 / sampling.freedom + (spread / total) ** 2 / (draws - 1));
  const width = studentQuantile((1 + confidence) / 2, freedom) * standardError;
  return { ...result, standardError, interval: [result.value - width, result.value + width] };
}
