import { columnMeans, squaredDistances, type Matrix } from '@plateau/numerics';

// Settings of the authors' implementation, on which the literature's values rest.
const EPOCHS = 50;
const LEARNING_RATE = 0.5;
const SMALLEST_SQUARED_DISTANCE = 1e-3;
const LOG_VARIANCE_RANGE: readonly [number, number] = [-40, 20];
/** The background Gaussian lies this share of the way from the data's mean to each sample. */
const BACKGROUND_SHRINKAGE = 0.1;

/** A mixture of equally weighted isotropic Gaussians, one a sample, each with a variance of its own. */
export class SampleMixture {
  readonly #centers: Matrix;
  readonly #logVariances: Float64Array;

  constructor(centers: Matrix) {
    this.#centers = centers;
    this.#logVariances = new Float64Array(centers.rows);
  }

  /**
   * Fits the variances to maximise the likelihood of samples, by 50 steps of Adam (Kingma & Ba 2015) from each centre's
   * nearest sample. A background Gaussian around the samples' mean, fitted too but not kept, bounds what a far sample
   * costs. One step sees all samples, where the authors' takes 10,000 at a time.
   */
  fit(samples: Matrix): this {
    const { rows: n, cols: d } = samples;
    const count = this.#centers.rows;
    const distances = squaredDistances(samples, this.#centers).data;
    for (let j = 0; j < count; j++) {
      let least = Infinity;
      for (let i = 0; i < n; i++) least = Math.min(least, distances[i * count + j]);
      this.#logVariances[j] = Math.log((least + SMALLEST_SQUARED_DISTANCE) / d);
    }
    const mean: Matrix = { data: columnMeans(samples), rows: 1, cols: d };
    const background = squaredDistances(samples, mean).data.map((value) => (1 - BACKGROUND_SHRINKAGE) ** 2 * value);

    const parameters = new Float64Array(count + 1);
    parameters.set(this.#logVariances);
    const adam = new Adam(parameters.length);
    for (let epoch = 0; epoch < EPOCHS; epoch++) {
      adam.step(parameters, gradient(distances, background, parameters, n, d));
      for (let j = 0; j < count; j++) {
        parameters[j] = Math.min(LOG_VARIANCE_RANGE[1], Math.max(LOG_VARIANCE_RANGE[0], parameters[j]));
      }
    }
    this.#logVariances.set(parameters.subarray(0, count));
    return this;
  }

  /** Mean over samples of −log p(sample)/d, in nats a feature. */
  negativeLogLikelihood(samples: Matrix): number {
    const { rows: n, cols: d } = samples;
    const count = this.#centers.rows;
    const distances = squaredDistances(samples, this.#centers).data;
    const logs = new Float64Array(count);
    let total = 0;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < count; j++) {
        logs[j] = logDensity(distances[i * count + j], this.#logVariances[j], d) - Math.log(count);
      }
      total -= logSumExp(logs);
    }
    return total / n / d;
  }
}

function logDensity(squaredDistance: number, logVariance: number, d: number): number {
  return -0.5 * (squaredDistance / Math.exp(logVariance) + d * (logVariance + Math.log(2 * Math.PI)));
}

function logSumExp(logs: Float64Array): number {
  const largest = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  return largest + Math.log(logs.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** Of the mean negative log-likelihood a feature, by the log variances; the background's is last. */
function gradient(
  distances: Float64Array,
  background: Float64Array,
  parameters: Float64Array,
  n: number,
  d: number,
): Float64Array {
  const count = parameters.length - 1;
  const out = new Float64Array(count + 1);
  const logs = new Float64Array(count + 1);
  const precisions = parameters.map((value) => Math.exp(-value));
  for (let i = 0; i < n; i++) {
    const at = i * count;
    for (let j = 0; j < count; j++) logs[j] = logDensity(distances[at + j], parameters[j], d) - Math.log(count);
    logs[count] = logDensity(background[i], parameters[count], d);
    const total = logSumExp(logs);
    for (let j = 0; j <= count; j++) {
      const squared = j < count ? distances[at + j] : background[i];
      out[j] -= (Math.exp(logs[j] - total) * 0.5 * (squared * precisions[j] - d)) / (n * d);
    }
  }
  return out;
}

/** Adam with its usual decay rates. */
class Adam {
  readonly #first: Float64Array;
  readonly #second: Float64Array;
  #steps = 0;

  constructor(parameters: number) {
    this.#first = new Float64Array(parameters);
    this.#second = new Float64Array(parameters);
  }

  step(parameters: Float64Array, slope: Float64Array): void {
    this.#steps++;
    for (let j = 0; j < parameters.length; j++) {
      this.#first[j] = 0.9 * this.#first[j] + 0.1 * slope[j];
      this.#second[j] = 0.999 * this.#second[j] + 0.001 * slope[j] * slope[j];
      const mean = this.#first[j] / (1 - 0.9 ** this.#steps);
      const square = this.#second[j] / (1 - 0.999 ** this.#steps);
      parameters[j] -= (LEARNING_RATE * mean) / (Math.sqrt(square) + 1e-8);
    }
  }
}
