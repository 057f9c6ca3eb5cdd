import { principalComponents, project, type Matrix } from '@plateau/numerics';
import type { LabelledFeatures } from './compare-classes.js';

/** An image on the plane of the first two principal components. */
export interface ProjectedImage {
  readonly x: number;
  readonly y: number;
  readonly label: string;
}

/** Two sets on the plane in which the reference varies most. */
export interface Projection {
  /** Shares of the reference's variance along the two axes. */
  readonly explained: readonly [number, number];
  readonly reference: readonly ProjectedImage[];
  readonly generated: readonly ProjectedImage[];
}

/**
 * Principal components fitted on the reference alone, onto which both sets are projected: what the reference doesn't vary in
 * can't be seen.
 * @throws RangeError with fewer than three reference images
 */
export function projectSets(reference: LabelledFeatures, generated: LabelledFeatures): Projection {
  const components = principalComponents(reference.features, 2);
  const own = project(reference.features, components);
  const total = varianceOf(reference.features, components.mean);
  const along = (axis: 0 | 1) => {
    let sum = 0;
    for (let row = 0; row < own.rows; row++) sum += own.data[2 * row + axis]! ** 2;
    return total === 0 ? 0 : sum / total;
  };
  const points = ({ data }: Matrix, labels: readonly string[]): ProjectedImage[] =>
    labels.map((label, row) => ({ x: data[2 * row]!, y: data[2 * row + 1]!, label }));
  return {
    explained: [along(0), along(1)],
    reference: points(own, reference.labels),
    generated: points(project(generated.features, components), generated.labels),
  };
}

function varianceOf({ data, rows, cols }: Matrix, mean: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < cols; j++) sum += (data[i * cols + j]! - mean[j]!) ** 2;
  }
  return sum;
}
