import { inceptionScore } from '@plateau/fidelity';
import { selectRows, RandomState, type Matrix } from '@plateau/numerics';
import { CrossProducts } from '../frechet/cross-products.js';
import { naiveDistance } from '../frechet/cross-moments.js';
import { checkConfidence, checkCount } from '../resampling/check-settings.js';
import { fitLine, interceptInterval } from './line.js';

/** Settings of the extrapolations. */
export interface ExtrapolationOptions {
  /** Sizes on the line, evenly spaced up to the whole set; default 15, as in the paper. */
  readonly points?: number;
  /**
   * The smallest size as a share of the whole; default 0.1, as in the paper (5,000 of 50,000), but 0.4 for a Fréchet distance
   * in both sizes, which is farther from a line at small N.
   */
  readonly from?: number;
  /** Default 0.9. */
  readonly confidence?: number;
  /** Seed of the subsets; default 2020. */
  readonly seed?: number;
}

/** A metric carried to infinitely many images along a straight line in 1/N. */
export interface Extrapolation {
  readonly value: number;
  /** Of the line's intercept. Says how straight the line is, not how wrong it is: see the warning of each function. */
  readonly standardError?: number;
  readonly interval?: readonly [number, number];
  readonly rSquared: number;
  readonly slope: number;
  readonly points: readonly { readonly n: number; readonly value: number }[];
  readonly warnings: readonly string[];
}

/**
 * FID∞ (Chong & Forsyth 2020): Fréchet distances of subsets of N generated images, carried to 1/N = 0 by least squares.
 *
 * Far off where images are fewer than features: bias is not linear in 1/N there. Use `calibratedFrechetDistance`.
 * @param reference n×d features
 * @param generated m×d features
 * @param options.sizes `generated` (default, as published: only the generated set shrinks) or `both`
 * @throws RangeError when a set is too small for the smallest size of 2, or features or options are refused
 * @example extrapolateFrechetDistance(x, y, { sizes: 'both' }).value
 */
export function extrapolateFrechetDistance(
  reference: Matrix,
  generated: Matrix,
  options: ExtrapolationOptions & { readonly sizes?: 'generated' | 'both' } = {},
): Extrapolation {
  const { sizes = 'generated' } = options;
  const products = new CrossProducts(reference, generated);
  const random = new RandomState(options.seed ?? 2020);
  const most = sizes === 'both' ? Math.min(reference.rows, generated.rows) : generated.rows;
  const from = options.from ?? (sizes === 'both' ? 0.4 : 0.1);
  const carried = extrapolate(most, { ...options, from }, (n) => {
    const rowsX = sizes === 'both' ? random.choice(reference.rows, n) : undefined;
    return naiveDistance(products.moments(rowsX, random.choice(generated.rows, n)));
  });
  const least = Math.min(reference.rows, generated.rows);
  if (least >= 2 * reference.cols) return carried;
  const warning =
    `${least} images for ${reference.cols} features: the bias is no straight line in 1/N, and much of it stays in the ` +
    'value, outside the interval; use fid-calibrated';
  return { ...carried, warnings: [warning] };
}

/**
 * IS∞ (Chong & Forsyth 2020): Inception Scores (one split) of subsets of N images, carried to 1/N = 0.
 * @param logits n×classes
 * @throws RangeError as `inceptionScore` does
 * @example extrapolateInceptionScore(logits).value
 */
export function extrapolateInceptionScore(logits: Matrix, options: ExtrapolationOptions = {}): Extrapolation {
  const random = new RandomState(options.seed ?? 2020);
  return extrapolate(logits.rows, options, (n) => {
    const subset = selectRows(logits, random.choice(logits.rows, n));
    return inceptionScore(subset, { splits: 1, shuffle: false }).mean;
  });
}

/**
 * Carries any metric to infinitely many images along a line in 1/N.
 * @param most the size of the whole set
 * @param measure the metric of a subset of n images
 * @throws RangeError for fewer than 2 points, or where the smallest subset would have fewer than 2 images
 * @example extrapolate(1000, { points: 5 }, (n) => 3 + 50 / n).value // => 3
 */
export function extrapolate(
  most: number,
  options: ExtrapolationOptions,
  measure: (n: number) => number,
): Extrapolation {
  const { points: count = 15, from = 0.1, confidence = 0.9 } = options;
  checkCount('points', count, 2);
  checkConfidence(confidence);
  if (!(from > 0 && from < 1)) throw new RangeError(`from must be a share between 0 and 1, got ${from}`);
  const least = Math.floor(from * most);
  if (least < 2) {
    throw new RangeError(
      `subsets from ${from} of ${most} images start below 2: at least ${Math.ceil(2 / from)} images are needed`,
    );
  }
  const sizes = Array.from({ length: count }, (_, i) => Math.round(least + (i * (most - least)) / (count - 1)));
  const points = sizes.map((n) => ({ n, value: measure(n) }));
  const line = fitLine(points.map(({ n, value }) => [1 / n, value]));
  const interval = interceptInterval(line, count, confidence);
  return {
    value: line.intercept,
    ...(line.interceptError === undefined ? {} : { standardError: line.interceptError }),
    ...(interval ? { interval } : {}),
    rSquared: line.rSquared,
    slope: line.slope,
    points,
    warnings: [],
  };
}
