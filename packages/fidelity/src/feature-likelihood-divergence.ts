import { RandomState, type Matrix } from '@plateau/numerics';
import { checkFeatures, checkPair } from './check-features.js';
import { columnMoments } from './column-moments.js';
import { SampleMixture } from './sample-mixture.js';
import { splitInHalves } from './rows.js';

/** Settings of `featureLikelihoodDivergence`. */
export interface FeatureLikelihoodOptions {
  /** Samples of the reference distribution that were not trained on; default a random half of the reference. */
  readonly heldOut?: Matrix;
  /** Seed of the splits; default 2020. */
  readonly seed?: number;
}

/** A feature likelihood divergence. */
export interface FeatureLikelihoodDivergence {
  readonly value: number;
  /** Mean negative log-likelihood of the held-out samples a feature, in nats. */
  readonly negativeLogLikelihood: number;
  /** The same under a mixture centred on one half of the training samples and fitted to the other. */
  readonly baseline: number;
  readonly warnings: readonly string[];
}

/**
 * Feature likelihood divergence, FLD (Jiralerspong et al. 2023): 100 × the excess, a feature, of the held-out samples'
 * negative log-likelihood under a mixture of isotropic Gaussians centred on the generated samples, whose variances are
 * fitted to the training samples, over that of a mixture centred on training samples. Lower is better; about 0 for samples
 * as good as the training set.
 *
 * Punishes copies: a Gaussian on a copied training sample shrinks to a point that explains nothing else. Features are
 * standardised by the held-out samples; a feature that does not vary there is only centred.
 * @param reference l×d features of the training set, l ≥ 4
 * @param generated m×d features, m ≥ 1
 * @throws RangeError when a set is too small, the widths differ or an element is NaN or Inf
 */
export function featureLikelihoodDivergence(
  reference: Matrix,
  generated: Matrix,
  options: FeatureLikelihoodOptions = {},
): FeatureLikelihoodDivergence {
  checkPair(reference, generated, 1);
  checkFeatures(reference, 'reference', 4);
  const random = new RandomState(options.seed ?? 2020);
  const [training, heldOut] = options.heldOut ? [reference, options.heldOut] : splitInHalves(reference, random);
  checkFeatures(heldOut, 'held-out', 2);
  if (heldOut.cols !== reference.cols) {
    throw new RangeError(`held-out features have ${heldOut.cols} columns, the reference ${reference.cols}`);
  }
  const [train, test, made] = standardize([training, heldOut, generated], heldOut);
  const [centers, fitted] = splitInHalves(train, random);
  const likelihood = new SampleMixture(made).fit(train).negativeLogLikelihood(test);
  const baseline = new SampleMixture(centers).fit(fitted).negativeLogLikelihood(test);
  return {
    value: 100 * (likelihood - baseline),
    negativeLogLikelihood: likelihood,
    baseline,
    warnings: options.heldOut
      ? []
      : ['no held-out samples were given: a random half of the reference stands in for them'],
  };
}

function standardize(sets: readonly Matrix[], by: Matrix): Matrix[] {
  const { mean, variances } = columnMoments(by, 'held-out', 2);
  const scales = variances.map((variance) => (variance > 0 ? 1 / Math.sqrt(variance) : 1));
  return sets.map(({ data, rows, cols }) => ({
    data: Float64Array.from(data, (value, at) => (value - mean[at % cols]) * scales[at % cols]),
    rows,
    cols,
  }));
}
