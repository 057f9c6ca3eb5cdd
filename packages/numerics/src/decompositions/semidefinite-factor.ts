import { tileExecutor } from '../kernels/executor.js';
import type { Matrix } from '../matrix.js';
import { transposeCentered } from '../products/transpose-centered.js';
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
  const executor = tileExecutor();
  const lower = new Float64Array(d * d);
  const remainder: Remainder = {
    indices: Int32Array.from({ length: d }, (_, i) => i),
    data: executor.allocate(d * d),
    stride: d,
  };
  remainder.data.set(data);
  const columns = executor.allocate(d * BLOCK);
  let rank = 0;
  while (remainder.indices.length > 0) {
    const { count, used } = takePivots(remainder, Math.min(BLOCK, remainder.indices.length), tolerance, columns);
    remainder.indices.forEach((column, j) => {
      lower.set(columns.subarray(j * BLOCK, j * BLOCK + count), column * d + rank);
    });
    rank += count;
    if (count < BLOCK) break;
    removePivots(remainder, used, columns);
    subtractExplained(remainder, columns);
  }
  const factor = transposeCentered({ data: lower, rows: d, cols: d }, new Float64Array(d));
  return { data: factor.data.subarray(0, rank * d), rows: rank, cols: d };
}

/** What of the matrix is not yet explained, for the columns that have not been pivots, in any order. */
interface Remainder {
  indices: Int32Array;
  /** The lower triangle of a symmetric matrix, row-major. */
  readonly data: Float64Array;
  /** Elements from one row to the next. */
  readonly stride: number;
}

/**
 * Takes up to `most` pivots, always the largest variance left, updating only the pivot rows. Element k of column j of the
 * factor's new rows goes to `columns`, `BLOCK` to a column.
 * @returns the number of pivots, and 1 where a column of the remainder became one
 */
function takePivots(
  { indices, data, stride }: Remainder,
  most: number,
  tolerance: number,
  columns: Float64Array,
): { count: number; used: Uint8Array } {
  const size = indices.length;
  const left = Float64Array.from({ length: size }, (_, j) => data[j * stride + j]);
  const used = new Uint8Array(size);
  columns.fill(0, 0, size * BLOCK);
  let count = 0;
  for (; count < most; count++) {
    const pivot = indexOfLargest(left);
    if (left[pivot] <= tolerance) break;
    const root = Math.sqrt(left[pivot]);
    // Rows of this block that are yet to come are 0, so whole groups of four can be summed.
    const known = columns.slice(pivot * BLOCK, (pivot + 1) * BLOCK);
    for (let j = 0; j < size; j++) {
      if (used[j]) continue;
      const offset = j * BLOCK;
      // Four running sums, because one would wait for each addition.
      let sum0 = 0;
      let sum1 = 0;
      let sum2 = 0;
      let sum3 = 0;
      for (let k = 0; k < count; k += 4) {
        sum0 += known[k] * columns[offset + k];
        sum1 += known[k + 1] * columns[offset + k + 1];
        sum2 += known[k + 2] * columns[offset + k + 2];
        sum3 += known[k + 3] * columns[offset + k + 3];
      }
      const element = j <= pivot ? data[pivot * stride + j] : data[j * stride + pivot];
      const value = (element - (sum0 + sum1 + (sum2 + sum3))) / root;
      columns[offset + count] = value;
      left[j] -= value * value;
    }
    columns[pivot * BLOCK + count] = root;
    used[pivot] = 1;
    left[pivot] = -Infinity;
  }
  return { count, used };
}

/** Fills the places of the pivots with the columns at the end, in the remainder and in the columns of the factor. */
function removePivots(remainder: Remainder, used: Uint8Array, columns: Float64Array): void {
  const { indices } = remainder;
  let last = indices.length - 1;
  for (let hole = 0; hole < last; hole++) {
    if (used[hole] === 0) continue;
    while (used[last] === 1) last--;
    if (last <= hole) break;
    moveColumn(remainder, last, hole);
    columns.copyWithin(hole * BLOCK, last * BLOCK, (last + 1) * BLOCK);
    indices[hole] = indices[last];
    last--;
  }
  remainder.indices = indices.subarray(
    0,
    used.reduce((count, taken) => count + 1 - taken, 0),
  );
}

/** Puts column and row `from` in the place of `to`, before it. */
function moveColumn({ indices, data, stride }: Remainder, from: number, to: number): void {
  const source = from * stride;
  data.copyWithin(to * stride, source, source + to);
  data[to * stride + to] = data[source + from];
  for (let i = to + 1; i < from; i++) data[i * stride + to] = data[source + i];
  for (let i = from + 1; i < indices.length; i++) data[i * stride + to] = data[i * stride + from];
}

/** Takes the block's share off the remainder. */
function subtractExplained({ indices, data, stride }: Remainder, columns: Float64Array): void {
  const vectors = { data: columns, offset: 0, stride: BLOCK, count: indices.length, layout: 'rows' } as const;
  tileExecutor().run({
    a: vectors,
    b: vectors,
    depth: BLOCK,
    out: { data, offset: 0, stride },
    subtract: true,
    triangle: 'lower',
  });
}

function indexOfLargest(values: Float64Array): number {
  let largest = 0;
  for (let i = 1; i < values.length; i++) if (values[i] > values[largest]) largest = i;
  return largest;
}
