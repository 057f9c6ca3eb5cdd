import { columnsOf } from '../kernels/operand.js';
import type { Matrix } from '../matrix.js';
import { symmetricProduct } from '../products/symmetric-product.js';

/**
 * The scatter matrix Σ (x − center)(x − center)ᵀ over the rows x of a matrix, in float64.
 * @param matrix n×d
 * @param center d values
 * @returns d×d, exactly symmetric
 * @example scatter(matrix([[1, 2], [3, 6]]), new Float64Array([2, 4])).data // => Float64Array [2, 4, 4, 8]
 */
export function scatter(matrix: Matrix, center: Float64Array): Matrix & { readonly data: Float64Array } {
  return symmetricProduct(columnsOf(matrix, { center }), matrix.rows);
}
