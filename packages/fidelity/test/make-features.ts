import { matrix, RandomState, type Matrix } from '@plateau/numerics';

/** Consecutive matrices from one seed: numpy's RandomState(seed).randn(rows, cols), in float64. */
export function normals(seed: number, ...shapes: (readonly [rows: number, cols: number])[]): Matrix[] {
  const random = new RandomState(seed);
  return shapes.map(([rows, cols]) => matrix(random.randn(rows, cols), rows, cols));
}

/** The same in float32. */
export function single({ data, rows, cols }: Matrix): Matrix {
  return matrix(Float32Array.from(data), rows, cols);
}

/** Every element mapped, in float64. */
export function mapped({ data, rows, cols }: Matrix, map: (value: number, row: number, col: number) => number): Matrix {
  return matrix(
    Float64Array.from(data, (value, index) => map(value, Math.floor(index / cols), index % cols)),
    rows,
    cols,
  );
}

/** The rows of a matrix in another order, or some of them, possibly repeated. */
export function pick({ data, cols }: Matrix, order: ArrayLike<number>): Matrix {
  const out = new Float64Array(order.length * cols);
  for (let i = 0; i < order.length; i++) out.set(data.subarray(order[i] * cols, (order[i] + 1) * cols), i * cols);
  return matrix(out, order.length, cols);
}

/** Every row reflected in the hyperplane orthogonal to a random vector: an orthogonal map without a matrix product. */
export function reflected({ data, rows, cols }: Matrix, seed: number): Matrix {
  const normal = new RandomState(seed).randn(cols, 1);
  const squared = normal.reduce((sum, value) => sum + value * value, 0);
  const out = Float64Array.from(data);
  for (let i = 0; i < rows; i++) {
    let along = 0;
    for (let j = 0; j < cols; j++) along += out[i * cols + j] * normal[j];
    for (let j = 0; j < cols; j++) out[i * cols + j] -= ((2 * along) / squared) * normal[j];
  }
  return matrix(out, rows, cols);
}
