import { columnMeans, scatter as scatterAbout, type Matrix } from '@plateau/numerics';
import { checkFeatures } from './check-features.js';

/** `GaussianStatistics` as plain JSON. */
export interface GaussianStatisticsJson {
  readonly count: number;
  readonly mean: readonly number[];
  /** Rows of Σ (x − mean)(x − mean)ᵀ. */
  readonly scatter: readonly (readonly number[])[];
}

/**
 * Mean and covariance of features that arrive in batches, in float64, in O(d²) memory.
 *
 * Batches and partial statistics combine by the update of Chan, Golub & LeVeque (1983), which subtracts no large sums:
 * streamed, merged and one-batch results agree to rounding.
 * @example
 * const statistics = new GaussianStatistics(2).add(matrix([[0, 0]])).add(matrix([[2, 4]]));
 * statistics.mean // => Float64Array [1, 2]
 */
export class GaussianStatistics {
  /** Width d of the features. */
  readonly dimension: number;
  #count = 0;
  #mean: Float64Array;
  #scatter: Float64Array;

  /** @throws RangeError unless the dimension is a positive integer */
  constructor(dimension: number) {
    if (!Number.isInteger(dimension) || dimension < 1) {
      throw new RangeError(`the dimension must be a positive integer, got ${dimension}`);
    }
    this.dimension = dimension;
    this.#mean = new Float64Array(dimension);
    this.#scatter = new Float64Array(dimension * dimension);
  }

  /** The statistics of one matrix of features. */
  static of(features: Matrix): GaussianStatistics {
    return new GaussianStatistics(features.cols).add(features);
  }

  /**
   * Statistics from a stored mean and covariance (ddof 1).
   * @param count the number of samples behind them
   * @throws RangeError when the covariance is not d×d, a number is not finite or count < 2
   */
  static fromMoments(mean: ArrayLike<number>, covariance: Matrix, count: number): GaussianStatistics {
    const d = mean.length;
    if (covariance.rows !== d || covariance.cols !== d) {
      throw new RangeError(
        `a mean of ${d} values needs a ${d}×${d} covariance, got ${covariance.rows}×${covariance.cols}`,
      );
    }
    if (!Number.isInteger(count) || count < 2) {
      throw new RangeError(`a covariance rests on at least 2 samples, got count ${count}`);
    }
    const statistics = new GaussianStatistics(d);
    statistics.#count = count;
    statistics.#mean = checkFinite(Float64Array.from(mean), 'mean');
    statistics.#scatter = checkFinite(
      Float64Array.from(covariance.data, (value) => value * (count - 1)),
      'covariance',
    );
    return statistics;
  }

  /** Rebuilds what `toJSON` gave. */
  static fromJSON(json: GaussianStatisticsJson): GaussianStatistics {
    const d = json.mean.length;
    const statistics = new GaussianStatistics(d);
    if (json.scatter.length !== d || json.scatter.some((row) => row.length !== d)) {
      throw new RangeError(`a mean of ${d} values needs a ${d}×${d} scatter matrix: is the JSON damaged?`);
    }
    statistics.#count = json.count;
    statistics.#mean = checkFinite(Float64Array.from(json.mean), 'mean');
    statistics.#scatter = checkFinite(Float64Array.from(json.scatter.flat()), 'scatter matrix');
    return statistics;
  }

  /** Samples seen. */
  get count(): number {
    return this.#count;
  }

  /** A copy of the mean, d values. */
  get mean(): Float64Array {
    return this.#mean.slice();
  }

  /** Σ (x − mean)², one sum a column: the diagonal of the scatter matrix. */
  get #squares(): Float64Array {
    return Float64Array.from({ length: this.dimension }, (_, i) => this.#scatter[i * this.dimension + i]);
  }

  /**
   * The covariance matrix with ddof 1, d×d.
   * @throws RangeError below two samples
   */
  covariance(): Matrix {
    const divisor = this.#divisor();
    const scatter = this.#scatter;
    const data = new Float64Array(scatter.length);
    for (let i = 0; i < data.length; i++) data[i] = scatter[i] / divisor;
    return { data, rows: this.dimension, cols: this.dimension };
  }

  /**
   * The variances (ddof 1), d values: the diagonal of the covariance.
   * @throws RangeError below two samples
   */
  variances(): Float64Array {
    const divisor = this.#divisor();
    return this.#squares.map((value) => value / divisor);
  }

  /**
   * Adds a batch of samples.
   * @param features n×d
   * @throws RangeError when the width is not d or an element is not finite; the statistics are then unchanged
   */
  add(features: Matrix): this {
    this.#checkDimension(features.cols);
    if (features.rows === 0) return this;
    checkFeatures(features, 'given', 1);
    const mean = columnMeans(features);
    this.#combine(features.rows, mean, scatterAbout(features, mean).data);
    return this;
  }

  /**
   * Adds the samples behind other statistics.
   * @throws RangeError when the dimensions differ
   */
  merge(other: GaussianStatistics): this {
    this.#checkDimension(other.dimension);
    this.#combine(other.#count, other.#mean, other.#scatter);
    return this;
  }

  /** Everything, for `JSON.stringify`. */
  toJSON(): GaussianStatisticsJson {
    const d = this.dimension;
    return {
      count: this.#count,
      mean: [...this.#mean],
      scatter: Array.from({ length: d }, (_, i) => [...this.#scatter.subarray(i * d, (i + 1) * d)]),
    };
  }

  #combine(count: number, mean: Float64Array, scatterOfBatch: Float64Array): void {
    if (count === 0) return;
    if (this.#count === 0) {
      this.#mean.set(mean);
      this.#scatter.set(scatterOfBatch);
      this.#count = count;
      return;
    }
    const d = this.dimension;
    const total = this.#count + count;
    const weight = (this.#count * count) / total;
    const difference = mean.map((value, i) => value - this.#mean[i]);
    const scatter = this.#scatter;
    for (let i = 0; i < d; i++) {
      const factor = weight * difference[i];
      for (let j = 0; j < d; j++) scatter[i * d + j] += scatterOfBatch[i * d + j] + factor * difference[j];
      this.#mean[i] += (difference[i] * count) / total;
    }
    this.#count = total;
  }

  #divisor(): number {
    if (this.#count < 2) throw new RangeError(`a covariance needs at least 2 samples, got ${this.#count}`);
    return this.#count - 1;
  }

  #checkDimension(dimension: number): void {
    if (dimension !== this.dimension) {
      throw new RangeError(`these statistics are of ${this.dimension} features, got ${dimension}`);
    }
  }
}

function checkFinite(values: Float64Array, name: string): Float64Array {
  const index = values.findIndex((value) => !Number.isFinite(value));
  if (index >= 0) throw new RangeError(`element ${index} of the ${name} is ${values[index]}: it must be finite`);
  return values;
}
