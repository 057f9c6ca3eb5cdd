import { multiplyTransposed, RandomState, type Matrix } from '@plateau/numerics';
import { checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';

/** Settings of metrics over random projections. */
export interface SlicedOptions {
  /** Random directions; default 1000. */
  readonly projections?: number;
  /** Default 2020. */
  readonly seed?: number;
}

/** The mean over directions of the squared one-dimensional Wasserstein-2 distance. */
export function meanSquaredProjectedDistance(reference: Matrix, generated: Matrix, options: SlicedOptions): number {
  checkPair(reference, generated, 1);
  const { projections = 1000, seed = 2020 } = options;
  checkInteger('projections', projections, 1);
  const directions = randomDirections(projections, reference.cols, seed);
  const x = multiplyTransposed(directions, reference).data;
  const y = multiplyTransposed(directions, generated).data;
  let sum = 0;
  for (let p = 0; p < projections; p++) {
    sum += squaredDistance1d(
      x.subarray(p * reference.rows, (p + 1) * reference.rows).sort(),
      y.subarray(p * generated.rows, (p + 1) * generated.rows).sort(),
    );
  }
  return sum / projections;
}

function randomDirections(count: number, dimension: number, seed: number): Matrix {
  const data = new RandomState(seed).randn(count, dimension);
  for (let p = 0; p < count; p++) {
    const row = data.subarray(p * dimension, (p + 1) * dimension);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let j = 0; j < dimension; j++) row[j] /= length;
  }
  return { data, rows: count, cols: dimension };
}

/** ∫ (F⁻¹ − G⁻¹)² of two sorted samples, which need not be of one size: their quantile functions are steps. */
function squaredDistance1d(x: Float64Array, y: Float64Array): number {
  const [n, m] = [x.length, y.length];
  let sum = 0;
  let level = 0;
  for (let i = 0, j = 0; i < n && j < m;) {
    const next = Math.min((i + 1) / n, (j + 1) / m);
    sum += (next - level) * (x[i] - y[j]) ** 2;
    level = next;
    const [endX, endY] = [(i + 1) * m, (j + 1) * n];
    if (endX <= endY) i++;
    if (endY <= endX) j++;
  }
  return sum;
}
