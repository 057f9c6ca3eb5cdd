import { multiplyTransposed, nuclearNorm, RandomState, type Matrix } from '@plateau/numerics';
import { D, diagonalDistance, normal, shifted, type Case } from './normal-features.js';

/** Independent normal columns; the means of the first 20 differ. */
export function diagonal(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  return {
    name,
    truth: diagonalDistance(x, y, shift),
    draw: (n, m, random) => [normal(n, x, random), shifted(normal(m, y, random), shift, 20)],
  };
}

/** As `diagonal`, with the eigenvectors of the second set turned in three passes of plane rotations. */
export function rotated(name: string, x: Float64Array, y: Float64Array, shift: number): Case {
  const random = new RandomState(5);
  const turns = Array.from({ length: 3 * (D / 2) }, () => ({ i: 0, j: 0, cos: 1, sin: 0 }));
  for (let pass = 0; pass < 3; pass++) {
    const keys = Float64Array.from({ length: D }, (_, i) => Math.log(i + 1) + 0.5 * random.randn());
    const order = Array.from(keys.keys()).sort((a, b) => keys[a] - keys[b]);
    for (let pair = 0; pair < D / 2; pair++) {
      const angle = 0.5 * random.randn();
      const [i, j] = [order[2 * pair], order[2 * pair + 1]];
      turns[(pass * D) / 2 + pair] = { i, j, cos: Math.cos(angle), sin: Math.sin(angle) };
    }
  }
  const turn = (matrix: Matrix): Matrix => {
    const { data, rows } = matrix;
    for (let row = 0; row < rows; row++) {
      for (const { i, j, cos, sin } of turns) {
        const [a, b] = [data[row * D + i], data[row * D + j]];
        data[row * D + i] = cos * a - sin * b;
        data[row * D + j] = sin * a + cos * b;
      }
    }
    return matrix;
  };
  const factor = (variances: Float64Array): Matrix => {
    const data = new Float64Array(D * D);
    variances.forEach((value, i) => (data[i * D + i] = Math.sqrt(value)));
    return { data, rows: D, cols: D };
  };
  const cross = nuclearNorm(multiplyTransposed(factor(x), turn(factor(y))));
  const trace = (variances: Float64Array) => variances.reduce((sum, value) => sum + value, 0);
  return {
    name,
    truth: 20 * shift ** 2 + trace(x) + trace(y) - 2 * cross,
    draw: (n, m, stream) => [normal(n, x, stream), shifted(turn(normal(m, y, stream)), shift, 20)],
  };
}
