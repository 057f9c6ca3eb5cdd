import { matrix, type Matrix, type RandomState } from '@plateau/numerics';

/** Rows drawn in one go: float64 numbers on their way to float32. */
const BAND = 500;

/** Standard normal features in float32, samples × dimension. */
export function normalFeatures(random: RandomState, samples: number, dimension: number): Matrix {
  const data = new Float32Array(samples * dimension);
  for (let row = 0; row < samples; row += BAND) {
    data.set(random.randn(Math.min(BAND, samples - row), dimension), row * dimension);
  }
  return matrix(data, samples, dimension);
}
