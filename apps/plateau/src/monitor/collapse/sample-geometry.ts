import { gram, scatter, selectRows, symmetricEigenvalues, type Matrix } from '@plateau/numerics';

/** What the inner products of a set of samples say of its variety. */
export interface SampleGeometry {
  /** Vendi score of order 1 with the cosine kernel: the effective number of distinct samples. */
  readonly vendi: number;
  /** Vendi score of order ∞: 1 over the share of the commonest direction. */
  readonly vendiInfinity: number;
  /** Root mean square distance between two samples. */
  readonly spread: number;
  /** The distance of each sample to its nearest other. */
  readonly nearest: Float64Array;
}

/** Below this share of the samples' squared length, what is left after centring is rounding. */
const ROUNDING = 1e-12;

/** A set of samples and the inner products of each with each: one product serves every measure, and every subset. */
export interface SampleSet {
  readonly features: Matrix;
  readonly products: Matrix;
}

/** @param features n×d */
export function sampleSet(features: Matrix): SampleSet {
  return { features, products: gram(features) };
}

/**
 * Every measure of variety at once.
 * @param members the rows that count, at least 2; default all
 */
export function sampleGeometry({ features, products }: SampleSet, members?: ArrayLike<number>): SampleGeometry {
  const own = members ? selectRows(features, members) : features;
  const k = members ? submatrix(products, members) : products;
  return { ...vendiScores(own, k), spread: spreadOf(k), nearest: nearestDistances(k) };
}

function submatrix({ data, rows }: Matrix, members: ArrayLike<number>): Matrix {
  const n = members.length;
  const out = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) out[i * n + j] = data[members[i] * rows + members[j]];
  }
  return { data: out, rows: n, cols: n };
}

/** Rows of zeros have no direction: they count as alike, and unlike all others. */
function vendiScores(features: Matrix, products: Matrix): Pick<SampleGeometry, 'vendi' | 'vendiInfinity'> {
  const n = features.rows;
  const lengths = Float64Array.from({ length: n }, (_, i) => Math.sqrt(products.data[i * n + i]));
  const eigenvalues = features.cols < n ? scatterEigenvalues(features, lengths) : cosineEigenvalues(products, lengths);
  let entropy = 0;
  let largest = 0;
  for (const eigenvalue of eigenvalues) {
    const share = eigenvalue / n;
    if (share > 1e-14) entropy -= share * Math.log(share);
    largest = Math.max(largest, share);
  }
  return { vendi: Math.exp(entropy), vendiInfinity: 1 / largest };
}

function cosineEigenvalues({ data, rows: n }: Matrix, lengths: Float64Array): Iterable<number> {
  const cosines = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const length = lengths[i] * lengths[j];
      cosines[i * n + j] = length > 0 ? data[i * n + j] / length : Number(lengths[i] === lengths[j]);
    }
  }
  return symmetricEigenvalues({ data: cosines, rows: n, cols: n });
}

/** The same eigenvalues but for zeros, from the d×d scatter of the directions: the cheaper way to them where d < n. */
function scatterEigenvalues({ data, rows, cols }: Matrix, lengths: Float64Array): Iterable<number> {
  const directions = new Float64Array(rows * cols);
  for (let at = 0; at < directions.length; at++) {
    const length = lengths[Math.floor(at / cols)];
    if (length > 0) directions[at] = data[at] / length;
  }
  const products = scatter({ data: directions, rows, cols }, new Float64Array(cols));
  return [...symmetricEigenvalues(products), lengths.filter((length) => length === 0).length];
}

/** From the sum over all pairs: n Σ‖x‖² − ‖Σx‖² is half the sum of all squared distances. */
function spreadOf({ data, rows: n }: Matrix): number {
  let lengths = 0;
  let all = 0;
  for (let i = 0; i < n; i++) lengths += data[i * n + i];
  for (let i = 0; i < data.length; i++) all += data[i];
  const variance = lengths - all / n;
  return variance > ROUNDING * lengths ? Math.sqrt((2 * variance) / (n - 1)) : 0;
}

function nearestDistances({ data, rows: n }: Matrix): Float64Array {
  return Float64Array.from({ length: n }, (_, i) => {
    let least = Infinity;
    for (let j = 0; j < n; j++) {
      if (j !== i) least = Math.min(least, data[i * n + i] + data[j * n + j] - 2 * data[i * n + j]);
    }
    return Math.sqrt(Math.max(0, least));
  });
}
