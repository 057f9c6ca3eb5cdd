import type { Matrix } from '../matrix.js';

/** ‖row − center‖² of every row. */
export function squaredNorms({ data, rows, cols }: Matrix, center: Float64Array): Float64Array {
  const norms = new Float64Array(rows);
  for (let i = 0; i < rows; i++) {
    let sum = 0;
    for (let j = 0; j < cols; j++) {
      const value = data[i * cols + j] - center[j];
      sum += value * value;
    }
    norms[i] = sum;
  }
  return norms;
}
