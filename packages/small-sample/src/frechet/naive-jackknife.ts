import type { RandomState } from '@plateau/numerics';
import { linearRegression, linearRegressionLine } from 'simple-statistics';
import { bundleBlocks } from '../resampling/blocks.js';
import { naiveDistance, type SampleWeights } from './cross-moments.js';
import type { CrossProducts } from './cross-products.js';
import type { Blocks } from './dependence.js';

/** The variance of a statistic, and from how many values it is known. */
export interface JackknifeVariance {
  readonly variance: number;
  readonly freedom: number;
}

/** Bundles from which on what their sizes alone do can be told from what their images do. */
const FEWEST_FOR_SIZES = 5;

/** What `naiveJackknife` leaves out, and of what. */
export interface JackknifeSettings {
  /** Rows of either set that stay together. */
  readonly blocks: Blocks;
  readonly bundles: number;
  /** How much wider each sample spreads than the others, and the bias that the correction takes off. */
  readonly weights?: SampleWeights;
  readonly bias: number;
  readonly random: RandomState;
  /** Called after each of at most `bundles` values. */
  readonly onStep: () => void;
}

/**
 * The variance of the naive distance by the delete-group jackknife: one bundle of either set is left out at a time, since
 * the parts of the two sets are independent and add up.
 *
 * A sample that happens to hold more wide images than others is wide as a whole: its bias is larger by as much, and the
 * correction with it, so that the calibrated distance stays. That part, the bias times how much wider the samples left
 * spread, is taken off the values as far as they follow it. Where bundles differ in size, so does the bias of what they leave: a line through the
 * values over the images left takes that off.
 */
export function naiveJackknife(
  products: CrossProducts,
  { blocks, bundles, weights, bias, random, onStep }: JackknifeSettings,
): JackknifeVariance {
  const count = Math.min(bundles, blocks.reference.length, blocks.generated.length);
  const bundlesX = bundleBlocks(blocks.reference, count, random);
  const bundlesY = bundleBlocks(blocks.generated, count, random);
  const [x, y] = [restsOf(bundlesX), restsOf(bundlesY)];
  const values = x.map((rest, bundle) => {
    const value = naiveDistance(products.moments(rest, y[bundle]));
    onStep();
    return value;
  });
  if (weights) {
    const widths = x.map((rest, bundle) =>
      Math.sqrt(meanOf(weights.reference, rest) * meanOf(weights.generated, y[bundle])),
    );
    const followed = Math.min(1, Math.max(0, slopeOf(widths, values) / bias)) || 0;
    widths.forEach((width, bundle) => (values[bundle] -= followed * bias * (width - 1)));
  }
  const shares = x.map((rest, bundle) => Math.log(rest.length) + Math.log(y[bundle].length));
  const sized = count >= FEWEST_FOR_SIZES && new Set(shares).size > 1;
  const line = sized ? linearRegressionLine(linearRegression(values.map((value, k) => [shares[k], value]))) : undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value, k) => sum + (value - (line ? line(shares[k]) : mean)) ** 2, 0);
  const freedom = line ? count - 2 : count - 1;
  return { variance: (squares * (count - 1) ** 2) / (count * freedom), freedom };
}

/** The slope of a least-squares line, 0 over one place. */
function slopeOf(x: readonly number[], y: readonly number[]): number {
  if (new Set(x).size < 2) return 0;
  return linearRegression(x.map((place, k) => [place, y[k]])).m;
}

function meanOf(weights: Float64Array, rows: Int32Array): number {
  return rows.reduce((sum, row) => sum + weights[row], 0) / rows.length;
}

/** The rows that each bundle leaves. */
function restsOf(bundles: readonly Int32Array[]): Int32Array[] {
  const all = Int32Array.from(bundles.flatMap((bundle) => Array.from(bundle))).sort();
  return bundles.map((bundle) => {
    const out = new Set(bundle);
    return all.filter((row) => !out.has(row));
  });
}
