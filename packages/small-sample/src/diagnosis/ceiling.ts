import { RandomState, type Matrix } from '@plateau/numerics';

/**
 * The stated ceiling of a diagnosis: normal noise that knows of the reference only its overall mean and variance, the same in
 * every feature. What a metric gives for it is what it gives for images that have nothing in common with the reference, so
 * that it exists for metrics of means, of covariances and of neighbourhoods alike. (Reference features whose columns are
 * shuffled would keep every mean, and metrics of means would see nothing wrong.)
 * @param reference n×d features
 * @param n rows of noise
 * @returns n×d
 * @example noiseLike(matrix([[2, 2], [2, 2]]), 3, 1).data // => Float64Array [2, 2, 2, 2, 2, 2]
 */
export function noiseLike({ data, cols }: Matrix, n: number, seed: number): Matrix & { readonly data: Float64Array } {
  let mean = 0;
  for (const value of data) mean += value / data.length;
  let variance = 0;
  for (const value of data) variance += (value - mean) ** 2 / data.length;
  const noise = new RandomState(seed).randn(n, cols);
  const deviation = Math.sqrt(variance);
  return { data: noise.map((value) => mean + deviation * value), rows: n, cols };
}
