import { tileExecutor } from '../kernels/executor.js';
import { rowsOf } from '../kernels/operand.js';
import { sharedMatrix } from '../kernels/shared-matrix.js';
import { wholeArray } from '../kernels/tile-job.js';
import type { Matrix } from '../matrix.js';
import { bandHeight } from './band-height.js';
import { checkSameWidth } from './check-width.js';

/** Some rows of A·Bᵀ. */
export interface ProductBlock {
  /** Index in A of the first row. */
  readonly start: number;
  /** rows×m. */
  readonly product: Matrix & { readonly data: Float64Array };
}

/**
 * A·Bᵀ in bands of rows that bound the memory. The next band overwrites the data of the last, which the caller may
 * change.
 * @param a n×d
 * @param b m×d
 * @throws RangeError when the widths differ
 */
export function* productBlocks(
  a: Matrix,
  b: Matrix,
  options: { readonly blockRows?: number } = {},
): Generator<ProductBlock> {
  checkSameWidth(a, b);
  const height = options.blockRows ?? bandHeight(b.rows);
  const executor = tileExecutor();
  const buffer = executor.allocate(Math.min(height, a.rows) * b.rows);
  const sharedA = sharedMatrix(a);
  const sharedB = a === b ? sharedA : sharedMatrix(b);
  for (let start = 0; start < a.rows; start += height) {
    const count = Math.min(height, a.rows - start);
    const data = buffer.subarray(0, count * b.rows);
    executor.run({
      a: rowsOf(sharedA, { start, count }),
      b: rowsOf(sharedB),
      depth: a.cols,
      out: wholeArray(data, b.rows),
    });
    yield { start, product: { data, rows: count, cols: b.rows } };
  }
}
