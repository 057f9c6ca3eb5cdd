import { RandomState, type Matrix } from '@plateau/numerics';
import { CrossProducts } from '../frechet/cross-products.js';
import { naiveDistance } from '../frechet/cross-moments.js';
import { checkCount } from '../resampling/check-settings.js';
import { fitLine, type Line } from './line.js';

/** Settings of `frechetVersusN`. */
export interface FrechetVersusNOptions {
  /** Images in either group; default the powers of ten and five below half the set, and half the set. */
  readonly sizes?: readonly number[];
  /** Reseeded draws of both groups; default 5. */
  readonly trials?: number;
  /** Default 2020. */
  readonly seed?: number;
}

/** One row of the table: two disjoint groups of n images each. */
export interface FrechetAtN {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation over trials (ddof 1); missing for one trial. */
  readonly std?: number;
  readonly values: readonly number[];
}

/** A set's Fréchet distance from itself at several sizes. */
export interface FrechetVersusN {
  readonly rows: readonly FrechetAtN[];
  readonly trials: number;
  /** mean = intercept + slope/N over all sizes; missing for one size. */
  readonly law?: Line;
  /** The largest size below which the distance grows slower than 1/N: local exponents there miss −1 by over 0.15. */
  readonly breaksBelow?: number;
}

/** How far a local exponent of the 1/N law may be from −1. */
const EXPONENT_TOLERANCE = 0.15;

/**
 * FID versus N in the layout of the paper's Table 5: the Fréchet distance between two disjoint groups of N images each,
 * drawn without repetition from one set, so that the truth is 0 for every N.
 * @param features n×d, n ≥ twice the largest size
 * @throws RangeError when a size needs more images than there are, saying how many, or is below 2
 * @example frechetVersusN(x, { sizes: [50, 100], trials: 3 }).rows[0].mean
 */
export function frechetVersusN(features: Matrix, options: FrechetVersusNOptions = {}): FrechetVersusN {
  const { trials = 5, seed = 2020 } = options;
  checkCount('trials', trials, 1);
  const sizes = options.sizes ?? defaultSizes(features.rows);
  if (sizes.length === 0)
    throw new RangeError(`${features.rows} images are too few for any size: at least 20 are needed`);
  for (const n of sizes) {
    checkCount('a size', n, 2);
    if (2 * n > features.rows) {
      throw new RangeError(`two groups of ${n} need ${2 * n} images and there are ${features.rows}: lower the size`);
    }
  }
  const products = new CrossProducts(features, features);
  const random = new RandomState(seed);
  const rows = [...sizes]
    .sort((a, b) => a - b)
    .map((n) => {
      const values = Array.from({ length: trials }, () => {
        const drawn = random.choice(features.rows, 2 * n);
        return naiveDistance(products.moments(drawn.subarray(0, n), drawn.subarray(n)));
      });
      return { n, ...summary(values), values };
    });
  return { rows, trials, ...lawOf(rows) };
}

function defaultSizes(count: number): number[] {
  const half = Math.floor(count / 2);
  const round = [10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000].filter((n) => n < half * 0.8);
  return half < 10 ? [] : [...round, half];
}

function summary(values: readonly number[]): { mean: number; std?: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean };
  return { mean, std: Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1)) };
}

function lawOf(rows: readonly FrechetAtN[]): { law?: Line; breaksBelow?: number } {
  if (new Set(rows.map(({ n }) => n)).size < 2) return {};
  const law = fitLine(rows.map(({ n, mean }) => [1 / n, mean]));
  for (let i = rows.length - 1; i > 0; i--) {
    const [small, large] = [rows[i - 1], rows[i]];
    const exponent = Math.log(large.mean / small.mean) / Math.log(large.n / small.n);
    if (Math.abs(exponent + 1) > EXPONENT_TOLERANCE) return { law, breaksBelow: large.n };
  }
  return { law };
}
