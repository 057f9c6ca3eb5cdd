import type { Matrix } from '@plateau/numerics';

/** The named rows of a matrix, in that order, as a new matrix. */
export function selectRows({ data, cols }: Matrix, rows: ArrayLike<number>): Matrix {
  const selected = new Float64Array(rows.length * cols);
  for (let r = 0; r < rows.length; r++) selected.set(data.subarray(rows[r] * cols, (rows[r] + 1) * cols), r * cols);
  return { data: selected, rows: rows.length, cols };
}
