/** Counts of values in bins, with what TensorBoard wants to know beside them. */
export interface Histogram {
  readonly min: number;
  readonly max: number;
  readonly count: number;
  readonly sum: number;
  readonly sumOfSquares: number;
  /** Upper ends of the bins. */
  readonly limits: readonly number[];
  readonly counts: readonly number[];
}

/**
 * Values in bins of equal width between the smallest and the largest; values that are not finite are left out.
 * @returns undefined where none is finite
 * @example histogramOf([0, 1, 1, 2], 2).counts // => [1,3]
 */
export function histogramOf(values: ArrayLike<number>, bins = 30): Histogram | undefined {
  let [min, max, count, sum, sumOfSquares] = [Infinity, -Infinity, 0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    min = Math.min(min, value);
    max = Math.max(max, value);
    count += 1;
    sum += value;
    sumOfSquares += value * value;
  }
  if (count === 0) return undefined;
  const width = (max - min) / bins || 1;
  const counts = new Array<number>(bins).fill(0);
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) counts[Math.min(bins - 1, Math.floor((values[i]! - min) / width))]! += 1;
  }
  return { min, max, count, sum, sumOfSquares, limits: counts.map((_, i) => min + (i + 1) * width), counts };
}
