import { assignClusters, kMeans, RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';
import { normalQuantile } from './standard-normal.js';

/** Settings of `differentBins`. */
export interface DifferentBinsOptions {
  /** Bins; default 100, but no more than one for ten reference samples. */
  readonly bins?: number;
  /** Level of the test that calls a bin different; default 0.05. */
  readonly significance?: number;
  /** Seed of the bins; default 2020. */
  readonly seed?: number;
}

/** How many bins differ, and by how much. */
export interface DifferentBins {
  /** Number of statistically different bins. */
  readonly ndb: number;
  /** ndb over the number of bins, in [0, 1]; about the significance level for equal distributions. */
  readonly share: number;
  /** Jensen–Shannon divergence of the two histograms, in nats, in [0, log 2]. */
  readonly jensenShannon: number;
  readonly bins: number;
  readonly referenceShares: Float64Array;
  readonly generatedShares: Float64Array;
  readonly warnings: readonly string[];
}

/** Samples a bin should have on average. */
const SAMPLES_PER_BIN = 10;

/**
 * Number of statistically different bins, NDB, and the Jensen–Shannon divergence beside it (Richardson & Weiss 2018): the
 * reference is clustered, both sets are binned by nearest centre, and each bin's two shares are compared by a two-
 * proportion z-test. Lower is better. Bins that the generator leaves empty are modes it misses.
 *
 * The test's power grows with n: NDB of different n are not comparable.
 * @param reference n×d features, n ≥ bins
 * @param generated m×d features
 * @throws RangeError when n < bins, a set is empty, the widths differ, an element is NaN or Inf or an option is out of
 * range
 * @example differentBins(x, x).ndb // => 0
 */
export function differentBins(reference: Matrix, generated: Matrix, options: DifferentBinsOptions = {}): DifferentBins {
  checkPair(reference, generated, 1);
  const { significance = 0.05, seed = 2020 } = options;
  const usual = Math.min(100, Math.max(2, Math.floor(reference.rows / SAMPLES_PER_BIN)));
  const bins = options.bins ?? Math.min(usual, reference.rows);
  checkInteger('bins', bins, 1, reference.rows);
  if (!(significance > 0 && significance < 1)) {
    throw new RangeError(`significance must be between 0 and 1, got ${significance}`);
  }
  const { centers, labels } = kMeans(reference, { clusters: bins, random: new RandomState(seed) });
  const referenceShares = shares(labels, bins);
  const generatedShares = shares(assignClusters(generated, centers).labels, bins);
  const threshold = normalQuantile(1 - significance / 2);
  const ndb = referenceShares.filter(
    (p, bin) => Math.abs(zScore(p, reference.rows, generatedShares[bin], generated.rows)) > threshold,
  ).length;
  return {
    ndb,
    share: ndb / bins,
    jensenShannon: jensenShannon(referenceShares, generatedShares),
    bins,
    referenceShares,
    generatedShares,
    warnings:
      options.bins === undefined && bins < 100
        ? [`${bins} bins instead of 100, because ${reference.rows} reference samples fill no more`]
        : [],
  };
}

function shares(labels: Int32Array, bins: number): Float64Array {
  const out = new Float64Array(bins);
  for (const label of labels) out[label] += 1 / labels.length;
  return out;
}

/** Difference of two proportions over its standard error under the pooled proportion. */
function zScore(p: number, n: number, q: number, m: number): number {
  const pooled = (p * n + q * m) / (n + m);
  const standardError = Math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / m));
  return standardError === 0 ? 0 : (p - q) / standardError;
}

function jensenShannon(p: Float64Array, q: Float64Array): number {
  const half = (share: number, other: number): number =>
    share === 0 ? 0 : 0.5 * share * Math.log((2 * share) / (share + other));
  return Math.max(
    0,
    p.reduce((sum, share, bin) => sum + half(share, q[bin]) + half(q[bin], share), 0),
  );
}
