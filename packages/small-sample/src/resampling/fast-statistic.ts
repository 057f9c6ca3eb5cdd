import { checkPair } from '@plateau/fidelity';
import { columnMeans, gram, multiplyTransposed, squaredDistances, type Matrix } from '@plateau/numerics';
import type { Draw, Statistic } from './draw.js';

/** Neighbours of the metrics that use them, as in `fidelity`. */
const PRECISION_NEIGHBOURS = 3;
const DENSITY_NEIGHBOURS = 5;
/** Rows of a set up to which its square matrices of 8 bytes an element are kept: 200 MB each. */
const MOST_ROWS = 5000;

/**
 * The metrics that can be resampled a thousand times in seconds: `kid` (full sample, unbiased), `fid-mean`, `precision`,
 * `recall`, `density` and `coverage`. Inner products and neighbourhood balls are computed once; a draw only counts how
 * often each row was drawn.
 *
 * Pairs of copies of one row are left out of KID. The balls around reference rows (and, for recall, around generated ones)
 * keep the radius of the whole set, so that repeated rows do not shrink them; on the whole sets, every number equals
 * that of `fidelity`.
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
  const balls = ballMemberships(reference, generated);
  return (draw) => {
    const x = countsOf(draw.reference, reference.rows);
    const y = countsOf(draw.generated, generated.rows);
    return { kid: kernelDistanceOf(kernels, x, y), 'fid-mean': meanDistanceOf(inner, x, y), ...sharesOf(balls, x, y) };
  };
}

/** How often each row was drawn, which rows were drawn at all, and how many draws there were. */
interface Counts {
  readonly weights: Float64Array;
  readonly rows: Int32Array;
  readonly total: number;
}

function countsOf(drawn: Draw['reference'], rows: number): Counts {
  const weights = new Float64Array(rows);
  for (const row of drawn) weights[row]++;
  const present = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
  return { weights, rows: present, total: drawn.length };
}

interface Products {
  readonly xx: Float64Array;
  readonly yy: Float64Array;
  readonly xy: Float64Array;
}

function kernelMatrices(reference: Matrix, generated: Matrix): Products {
  const cube = (products: Float64Array) => products.map((value) => (value / reference.cols + 1) ** 3);
  return {
    xx: cube(gram(reference).data),
    yy: cube(gram(generated).data),
    xy: cube(multiplyTransposed(reference, generated).data as Float64Array),
  };
}

function innerProducts(reference: Matrix, generated: Matrix): Products {
  const center = columnMeans(reference);
  return {
    xx: gram(reference, { center }).data,
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

/** For each ball, the rows of the other set that lie in it. */
interface Balls {
  readonly precise: readonly Int32Array[];
  readonly recalled: readonly Int32Array[];
  readonly dense: readonly Int32Array[];
}

function ballMemberships(reference: Matrix, generated: Matrix): Balls {
  const center = columnMeans(reference);
  const across = squaredDistances(reference, generated, { center });
  const withinX = squaredDistances(reference, reference, { center });
  const withinY = squaredDistances(generated, generated, { center });
  const transposed = transpose(across);
  return {
    precise: members(across, radii(withinX, PRECISION_NEIGHBOURS), (distance, radius) => distance <= radius),
    recalled: members(transposed, radii(withinY, PRECISION_NEIGHBOURS), (distance, radius) => distance <= radius),
    dense: members(across, radii(withinX, DENSITY_NEIGHBOURS), (distance, radius) => distance < radius),
  };
}

function transpose({ data, rows, cols }: Matrix): Matrix {
  const turned = new Float64Array(data.length);
  for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) turned[j * rows + i] = data[i * cols + j];
  return { data: turned, rows: cols, cols: rows };
}

/** Squared distance of each row to its k-th nearest other row. */
function radii({ data, rows }: Matrix, k: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) => {
    const distances = Float64Array.from(data.subarray(i * rows, (i + 1) * rows) as Float64Array);
    distances[i] = Infinity;
    return distances.sort()[k - 1];
  });
}

function members(
  { data, rows, cols }: Matrix,
  radius: Float64Array,
  isIn: (distance: number, radius: number) => boolean,
): Int32Array[] {
  return Array.from({ length: rows }, (_, i) => {
    const found: number[] = [];
    for (let j = 0; j < cols; j++) if (isIn(data[i * cols + j], radius[i])) found.push(j);
    return Int32Array.from(found);
  });
}

function sharesOf(balls: Balls, x: Counts, y: Counts) {
  let covered = 0;
  let inside = 0;
  for (const i of x.rows) {
    let weight = 0;
    for (const j of balls.dense[i]) weight += y.weights[j];
    inside += x.weights[i] * weight;
    if (weight > 0) covered += x.weights[i];
  }
  return {
    precision: reached(balls.precise, x, y),
    recall: reached(balls.recalled, y, x),
    density: (inside * x.weights.length) / (DENSITY_NEIGHBOURS * x.total * y.total),
    coverage: covered / x.total,
  };
}

/** The share of one set's draws that lie in a drawn ball of the other set. */
function reached(balls: readonly Int32Array[], around: Counts, of: Counts): number {
  const seen = new Uint8Array(of.weights.length);
  for (const i of around.rows) for (const j of balls[i]) seen[j] = 1;
  let sum = 0;
  for (const j of of.rows) if (seen[j]) sum += of.weights[j];
  return sum / of.total;
}
