import type { Matrix } from '@plateau/numerics';

/** One row of a matrix. */
export function matrixRow({ data, cols }: Matrix, row: number): ArrayLike<number> {
  return data.subarray(row * cols, (row + 1) * cols);
}
