import type { Matrix } from './matrix.js';

/**
 * The named rows of a matrix, in that order, as a new matrix of the same precision; a row may be named more than once.
 * @example selectRows(matrix([[1, 2], [3, 4]]), [1]).data // => Float64Array [3, 4]
 */
export function selectRows({ data, cols }: Matrix, rows: ArrayLike<number>): Matrix {
  const length = rows.length * cols;
  const selected = data instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  for (let i = 0; i < rows.length; i++) {
    selected.set(data.subarray(rows[i] * cols, (rows[i] + 1) * cols), i * cols);
  }
  return { data: selected, rows: rows.length, cols };
}
