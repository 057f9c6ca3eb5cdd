import { checkPair } from '@plateau/fidelity';
import { columnMeans, gram, multiplyTransposed, type Matrix } from '@plateau/numerics';
import type { Statistic } from './draw.js';
import { countsOf, DENSITY_NEIGHBOURS, neighbourShares, type Counts } from './neighbour-shares.js';

/** Rows of a set up to which its square matrices of 8 bytes an element are kept: 200 MB each. */
export const MOST_ROWS = 5000;

/**
 * The metrics that can be resampled a thousand times in seconds: `kid` (full sample, unbiased), `fid-mean`, `precision`,
 * `recall`, `density` and `coverage`. Inner products and distances are computed once; a draw only counts how often each row
 * was drawn.
 *
 * On draws without repeats every number equals that of `fidelity` on those rows. Where rows repeat, pairs of copies of one
 * row are left out of KID, and neighbourhood balls keep the radius of the whole set, so that copies do not shrink them.
 * @param reference n×d features, n > 5
 * @param generated m×d features, m > 3
 * @throws RangeError when a set is too small or has over 5000 rows, the widths differ or an element is NaN or Inf
 * @example bootstrapIntervals({ n, statistic: fastStatistic(x, y) })
 */
export function fastStatistic(reference: Matrix, generated: Matrix): Statistic {
  checkPair(reference, generated, DENSITY_NEIGHBOURS + 1);
  const most = Math.max(reference.rows, generated.rows);
  if (most > MOST_ROWS) {
    throw new RangeError(
      `resampling keeps n×n matrices, for up to ${MOST_ROWS} images a set, got ${most}: draw a subset`,
    );
  }
  const kernels = kernelMatrices(reference, generated);
  const inner = innerProducts(reference, generated);
  const sharesOf = neighbourShares(reference, generated);
  return (draw) => {
    const x = countsOf(draw.reference, reference.rows);
    const y = countsOf(draw.generated, generated.rows);
    return { kid: kernelDistanceOf(kernels, x, y), 'fid-mean': meanDistanceOf(inner, x, y), ...sharesOf(x, y) };
  };
}

interface Products {
  readonly xx: Float64Array;
  readonly yy: Float64Array;
  readonly xy: Float64Array;
}

function kernelMatrices(reference: Matrix, generated: Matrix): Products {
  const cube = (products: Float64Array) => products.map((value) => (value / reference.cols + 1) ** 3);
  const xx = cube(gram(reference).data);
  if (reference === generated) return { xx, yy: xx, xy: xx };
  return {
    xx,
    yy: cube(gram(generated).data),
    xy: cube(multiplyTransposed(reference, generated).data as Float64Array),
  };
}

function innerProducts(reference: Matrix, generated: Matrix): Products {
  const center = columnMeans(reference);
  const xx = gram(reference, { center }).data;
  if (reference === generated) return { xx, yy: xx, xy: xx };
  return {
    xx,
    yy: gram(generated, { center }).data,
    xy: multiplyTransposed(reference, generated, { centerA: center, centerB: center }).data as Float64Array,
  };
}

/** Σ a_i b_j M_ij over the rows drawn. */
function weightedSum(products: Float64Array, a: Counts, b: Counts): number {
  const stride = b.weights.length;
  let total = 0;
  for (const i of a.rows) {
    let sum = 0;
    for (const j of b.rows) sum += b.weights[j] * products[i * stride + j];
    total += a.weights[i] * sum;
  }
  return total;
}

/** The mean over pairs of different rows. */
function pairMean(products: Float64Array, counts: Counts): number {
  const stride = counts.weights.length;
  let own = 0;
  let squares = 0;
  for (const i of counts.rows) {
    own += counts.weights[i] ** 2 * products[i * stride + i];
    squares += counts.weights[i] ** 2;
  }
  return (weightedSum(products, counts, counts) - own) / (counts.total ** 2 - squares);
}

function kernelDistanceOf({ xx, yy, xy }: Products, x: Counts, y: Counts): number {
  return pairMean(xx, x) + pairMean(yy, y) - (2 * weightedSum(xy, x, y)) / (x.total * y.total);
}

function meanDistanceOf({ xx, yy, xy }: Products, x: Counts, y: Counts): number {
  const value =
    weightedSum(xx, x, x) / x.total ** 2 +
    weightedSum(yy, y, y) / y.total ** 2 -
    (2 * weightedSum(xy, x, y)) / (x.total * y.total);
  return Math.max(0, value);
}
