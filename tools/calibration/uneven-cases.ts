import { RandomState, type Matrix } from '@plateau/numerics';
import { D, diagonalDistance, normal, shifted, type Case } from './normal-features.js';

/** A factor for each sample whose mean square is 1. */
export type Widths = (n: number, random: RandomState) => Float64Array;

/** Widths that make normal samples Student's t with 5 degrees of freedom in D dimensions. */
export const studentWidths: Widths = (n, random) =>
  Float64Array.from({ length: n }, () => {
    const square = random.randn(5).reduce((sum, value) => sum + value ** 2, 0);
    return Math.sqrt(3 / square);
  });

/** Three of ten samples are three times as wide as the others. */
export const twoWidths: Widths = (n, random) =>
  Float64Array.from({ length: n }, () => (random.randint(10) < 3 ? 3 : 1) / Math.sqrt(0.3 * 9 + 0.7));

/** Samples of one covariance that are not all as wide: the tails of the features are heavy. */
export function uneven(
  name: string,
  [x, xWidths]: readonly [Float64Array, Widths?],
  [y, yWidths]: readonly [Float64Array, Widths?],
  shift: number,
): Case {
  return {
    name,
    truth: diagonalDistance(x, y, shift),
    draw: (n, m, random) => [
      widened(normal(n, x, random), xWidths?.(n, random)),
      shifted(widened(normal(m, y, random), yWidths?.(m, random)), shift, 20),
    ],
  };
}

/** Ten clusters with means, widths and leading directions of their own, the same in both sets but for a shift. */
export function clusters(name: string, variances: Float64Array, shift: number): Case {
  const random = new RandomState(9);
  const kinds = Array.from({ length: 10 }, () => ({
    center: normal(
      1,
      variances.map((value) => value / 2),
      random,
    ).data,
    order: random.permutation(64),
    width: Math.exp(0.4 * random.randn()),
  }));
  const draw = (n: number, stream: RandomState): Matrix => {
    const sample = { data: new Float64Array(n * D), rows: n, cols: D };
    for (let i = 0; i < n; i++) {
      const { center, order, width } = kinds[stream.randint(10)];
      const normals = stream.randn(D);
      for (let k = 0; k < D; k++) {
        const variance = variances[k < 64 ? order[k] : k] / 2;
        sample.data[i * D + k] = center[k] + width * Math.sqrt(variance) * normals[k];
      }
    }
    return sample;
  };
  return {
    name,
    truth: 20 * shift ** 2,
    draw: (n, m, stream) => [draw(n, stream), shifted(draw(m, stream), shift, 20)],
  };
}

function widened(matrix: Matrix, widths?: Float64Array): Matrix {
  if (widths) for (let i = 0; i < matrix.data.length; i++) matrix.data[i] *= widths[Math.floor(i / D)];
  return matrix;
}
