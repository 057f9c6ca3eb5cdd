import type { Matrix } from '../matrix.js';
import { gram } from '../products/gram.js';
import { largestMagnitude } from './magnitude.js';

/** Pivots between two updates of the whole remainder: these are matrix products. */
const BLOCK = 64;

/**
 * R with RᵀR = A for a symmetric positive semidefinite A, by Cholesky with diagonal pivoting (Higham 2002, §10.3). The
 * pivoting stops at the numerical rank, so a singular covariance is no special case; what is left out of A is smaller
 * than the rounding of its largest variance, and negative eigenvalues of that size are clamped to 0.
 * @param matrix d×d; only values up to rounding of a symmetric matrix
 * @returns r×d with r the numerical rank
 * @throws RangeError when the matrix is not square, holds NaN or Inf or has a clearly negative diagonal element
 * @example semidefiniteFactor(matrix([[4, 2], [2, 1]])).data // => Float64Array [2, 1]
 */
export function semidefiniteFactor({ data, rows: d, cols }: Matrix): Matrix & { readonly data: Float64Array } {
  if (d !== cols) throw new RangeError(`a factor needs a square matrix, got ${d}×${cols}`);
  const tolerance = d * Number.EPSILON * largestMagnitude(data);
  for (let i = 0; i < d; i++) {
    if (data[i * d + i] < -tolerance) {
      throw new RangeError(`diagonal element ${i} is ${data[i * d + i]}: a covariance has none below 0`);
    }
  }
  const factor = new Float64Array(d * d);
  let remainder: Remainder = { indices: Int32Array.from({ length: d }, (_, i) => i), data: Float64Array.from(data) };
  let rank = 0;
  while (remainder.indices.length > 0) {
    const block = takePivots(remainder, Math.min(BLOCK, remainder.indices.length), tolerance);
    for (let k = 0; k < block.count; k++) {
      remainder.indices.forEach((column, j) => {
        factor[(rank + k) * d + column] = block.columns[j * BLOCK + k];
      });
    }
    rank += block.count;
    if (block.count < BLOCK) break;
    remainder = subtract(remainder, block);
  }
  return { data: factor.slice(0, rank * d), rows: rank, cols: d };
}

/** What of the matrix is not yet explained, for the columns that have not been pivots. */
interface Remainder {
  readonly indices: Int32Array;
  /** Square, symmetric, row-major. */
  readonly data: Float64Array;
}

/** Some rows of the factor. */
interface Block {
  readonly count: number;
  /** Element k of column j of the factor's rows, `BLOCK` to a column. */
  readonly columns: Float64Array;
  /** 1 where a column of the remainder became a pivot. */
  readonly used: Uint8Array;
}

/** Takes up to `most` pivots, always the largest variance left, updating only the pivot rows. */
function takePivots(remainder: Remainder, most: number, tolerance: number): Block {
  const size = remainder.indices.length;
  const left = Float64Array.from({ length: size }, (_, j) => remainder.data[j * size + j]);
  const columns = new Float64Array(size * BLOCK);
  const used = new Uint8Array(size);
  let count = 0;
  for (; count < most; count++) {
    const pivot = indexOfLargest(left);
    if (left[pivot] <= tolerance) break;
    const root = Math.sqrt(left[pivot]);
    const known = columns.subarray(pivot * BLOCK, pivot * BLOCK + count);
    for (let j = 0; j < size; j++) {
      if (used[j]) continue;
      let sum = remainder.data[pivot * size + j];
      const offset = j * BLOCK;
      for (let k = 0; k < count; k++) sum -= known[k] * columns[offset + k];
      const value = sum / root;
      columns[offset + count] = value;
      left[j] -= value * value;
    }
    columns[pivot * BLOCK + count] = root;
    used[pivot] = 1;
    left[pivot] = -Infinity;
  }
  return { count, columns, used };
}

/** The remainder without the block's share and without the columns that were its pivots. */
function subtract(remainder: Remainder, block: Block): Remainder {
  const size = remainder.indices.length;
  const kept = [...remainder.indices.keys()].filter((j) => block.used[j] === 0);
  const columns = new Float64Array(kept.length * BLOCK);
  kept.forEach((j, to) => columns.set(block.columns.subarray(j * BLOCK, (j + 1) * BLOCK), to * BLOCK));
  const explained = gram({ data: columns, rows: kept.length, cols: BLOCK }).data;
  for (let i = 0; i < kept.length; i++) {
    const row = kept[i] * size;
    const out = i * kept.length;
    for (let j = 0; j < kept.length; j++) explained[out + j] = remainder.data[row + kept[j]] - explained[out + j];
  }
  return { indices: Int32Array.from(kept, (j) => remainder.indices[j]), data: explained };
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
