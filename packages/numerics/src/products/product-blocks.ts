import { tileExecutor } from '../kernels/executor.js';
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
  const center = new Float64Array(a.cols);
  const executor = tileExecutor();
  const buffer = executor.allocate(Math.min(height, a.rows) * b.rows);
  const dataA = executor.share(a.data);
  const dataB = a === b ? dataA : executor.share(b.data);
  for (let start = 0; start < a.rows; start += height) {
    const rows = Math.min(height, a.rows - start);
    const data = buffer.subarray(0, rows * b.rows);
    executor.run({
      a: { data: dataA, start, count: rows, center },
      b: { data: dataB, start: 0, count: b.rows, center },
      depth: a.cols,
      out: data,
    });
    yield { start, product: { data, rows, cols: b.rows } };
  }
}
