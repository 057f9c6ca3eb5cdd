import type { Matrix } from '../matrix.js';
import { gram } from '../products/gram.js';
import { transposeCentered } from '../products/transpose-centered.js';

/** Rows transposed in one go: bounds the copy that the product needs. */
const CHUNK_ROWS = 2048;

/**
 * The scatter matrix Σ (x − center)(x − center)ᵀ over the rows x of a matrix, in float64.
 * @param matrix n×d
 * @param center d values
 * @returns d×d, exactly symmetric
 * @example scatter(matrix([[1, 2], [3, 6]]), new Float64Array([2, 4])).data // => Float64Array [2, 4, 4, 8]
 */
export function scatter({ data, rows, cols }: Matrix, center: Float64Array): Matrix & { readonly data: Float64Array } {
  const total = new Float64Array(cols * cols);
  for (let start = 0; start < rows; start += CHUNK_ROWS) {
    const count = Math.min(CHUNK_ROWS, rows - start);
    const chunk = { data: data.subarray(start * cols, (start + count) * cols), rows: count, cols };
    const part = gram(transposeCentered(chunk, center)).data;
    for (let i = 0; i < total.length; i++) total[i] += part[i];
  }
  return { data: total, rows: cols, cols };
}
