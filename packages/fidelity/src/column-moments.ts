import { columnMeans, type Matrix } from '@plateau/numerics';
import { checkFeatures, type SetName } from './check-features.js';
import { GaussianStatistics } from './gaussian-statistics.js';

/** What is known of each feature by itself. */
export interface ColumnMoments {
  readonly mean: Float64Array;
  /** ddof 1. */
  readonly variances: Float64Array;
}

/** Means and variances of features or of their statistics, without the d×d covariance. */
export function columnMoments(set: Matrix | GaussianStatistics, role: SetName, minimum: number): ColumnMoments {
  if (set instanceof GaussianStatistics) {
    if (set.count < minimum) {
      throw new RangeError(`the ${role} statistics rest on ${set.count} samples, at least ${minimum} are needed`);
    }
    return { mean: set.mean, variances: set.count > 1 ? set.variances() : set.mean.map(() => NaN) };
  }
  checkFeatures(set, role, minimum);
  const mean = columnMeans(set);
  const variances = new Float64Array(set.cols);
  for (let i = 0; i < set.rows; i++) {
    for (let j = 0; j < set.cols; j++) variances[j] += (set.data[i * set.cols + j] - mean[j]) ** 2;
  }
  for (let j = 0; j < set.cols; j++) variances[j] /= set.rows - 1;
  return { mean, variances };
}

/** Refuses two sets of different width. */
export function checkSameDimension(reference: ColumnMoments, generated: ColumnMoments): void {
  if (reference.mean.length !== generated.mean.length) {
    throw new RangeError(
      `the reference has ${reference.mean.length} features and the generated set ${generated.mean.length}: extract both ` +
        'with the same layer of the same extractor',
    );
  }
}
