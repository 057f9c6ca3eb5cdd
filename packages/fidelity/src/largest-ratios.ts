import type { DistanceBlock, ScreenedDistances } from '@plateau/numerics';

/**
 * For each generated sample, the largest (radius / distance)² over the balls around reference samples that have at most the
 * median radius; Infinity at distance 0.
 */
export class LargestRatios {
  readonly squaredRatios: Float64Array;
  readonly #squaredRadii: Float64Array;
  readonly #medianSquaredRadius: number;

  constructor(squaredRadii: Float64Array, generated: number) {
    this.squaredRatios = new Float64Array(generated);
    this.#squaredRadii = squaredRadii;
    this.#medianSquaredRadius = median(squaredRadii);
  }

  take({ start, rows, cols, data }: DistanceBlock, distances: ScreenedDistances): void {
    const { errorsA, errorsB } = distances;
    const { squaredRatios } = this;
    for (let row = 0; row < rows; row++) {
      const i = start + row;
      const squaredRadius = this.#squaredRadii[i];
      if (squaredRadius > this.#medianSquaredRadius) continue;
      for (let j = 0; j < cols; j++) {
        const least = data[row * cols + j] - errorsA[i] - errorsB[j];
        if (least > 0 && squaredRadius <= squaredRatios[j] * least) continue;
        const distance = distances.exact(i, j);
        squaredRatios[j] = Math.max(squaredRatios[j], distance === 0 ? Infinity : squaredRadius / distance);
      }
    }
  }
}

/** Of the distances, not their squares, where the count is even: the mean of the middle two, squared again. */
function median(squared: Float64Array): number {
  const sorted = squared.slice().sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return ((Math.sqrt(sorted[middle - 1]) + Math.sqrt(sorted[middle])) / 2) ** 2;
}
