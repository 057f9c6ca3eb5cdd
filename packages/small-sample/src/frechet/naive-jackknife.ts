import type { RandomState } from '@plateau/numerics';
import { linearRegression, linearRegressionLine } from 'simple-statistics';
import { bundleBlocks } from '../resampling/blocks.js';
import { naiveDistance } from './cross-moments.js';
import type { CrossProducts } from './cross-products.js';

/** The variance of a statistic, and from how many values it is known. */
export interface JackknifeVariance {
  readonly variance: number;
  readonly freedom: number;
}

/** Bundles from which on what their sizes alone do can be told from what their images do. */
const FEWEST_FOR_SIZES = 5;

/**
 * The variance of the naive distance by the delete-group jackknife: one bundle of either set is left out at a time, since
 * the parts of the two sets are independent and add up. Where bundles differ in size, so does the bias of what they leave: a
 * line through the values over the images left out takes that off.
 * @param blocks rows of either set that stay together
 * @param onStep called after each of at most `bundles` values
 */
export function naiveJackknife(
  products: CrossProducts,
  blocks: { readonly reference: readonly Int32Array[]; readonly generated: readonly Int32Array[] },
  bundles: number,
  random: RandomState,
  onStep: () => void,
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
  const shares = x.map((rest, bundle) => Math.log(rest.length) + Math.log(y[bundle].length));
  const sized = count >= FEWEST_FOR_SIZES && new Set(shares).size > 1;
  const line = sized ? linearRegressionLine(linearRegression(values.map((value, k) => [shares[k], value]))) : undefined;
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const squares = values.reduce((sum, value, k) => sum + (value - (line ? line(shares[k]) : mean)) ** 2, 0);
  const freedom = line ? count - 2 : count - 1;
  return { variance: (squares * (count - 1) ** 2) / (count * freedom), freedom };
}

/** The rows that each bundle leaves. */
function restsOf(bundles: readonly Int32Array[]): Int32Array[] {
  const all = Int32Array.from(bundles.flatMap((bundle) => Array.from(bundle))).sort();
  return bundles.map((bundle) => {
    const out = new Set(bundle);
    return all.filter((row) => !out.has(row));
  });
}
