import { tileExecutor } from '../kernels/executor.js';
import { rowsOf } from '../kernels/operand.js';
import { wholeArray } from '../kernels/tile-job.js';
import type { Matrix } from '../matrix.js';
import { checkSameWidth } from './check-width.js';

/** Row vectors that are subtracted from every row of A or B before the product. */
export interface CenterOptions {
  readonly centerA?: Float64Array;
  readonly centerB?: Float64Array;
}

/**
 * A·Bᵀ in float64: the inner products of the rows of A with the rows of B.
 *
 * Bits do not depend on the number of threads or on where a row lies in its matrix.
 * @param a n×d
 * @param b m×d
 * @returns n×m
 * @throws RangeError when the widths differ
 * @example multiplyTransposed(matrix([[1, 2]]), matrix([[3, 4], [5, 6]])).data // => Float64Array [11, 17]
 */
export function multiplyTransposed(
  a: Matrix,
  b: Matrix,
  options: CenterOptions = {},
): Matrix & { readonly data: Float64Array } {
  checkSameWidth(a, b);
  const executor = tileExecutor();
  const data = executor.allocate(a.rows * b.rows);
  executor.run({
    a: rowsOf(a, { center: options.centerA }),
    b: rowsOf(b, { center: options.centerB }),
    depth: a.cols,
    out: wholeArray(data, b.rows),
  });
  return { data, rows: a.rows, cols: b.rows };
}
