import type { Matrix } from '../matrix.js';

/** One side of a product: vectors of the job's depth, in part of a row-major array. */
export interface Operand {
  readonly data: Float32Array | Float64Array;
  /** Index of the first element. */
  readonly offset: number;
  /** Elements from one stored row to the next. */
  readonly stride: number;
  /** The number of vectors. */
  readonly count: number;
  /** Whether the vectors are the stored rows or the columns. */
  readonly layout: 'rows' | 'columns';
  /** Subtracted from every stored row; default 0. */
  readonly center?: Float64Array;
}

/** The rows of a matrix, `count` of them from row `start` on. */
export function rowsOf(
  { data, rows, cols }: Matrix,
  options: { readonly start?: number; readonly count?: number; readonly center?: Float64Array } = {},
): Operand {
  const { start = 0, count = rows - start, center } = options;
  return { data, offset: start * cols, stride: cols, count, layout: 'rows', center };
}

/** The columns of a matrix. */
export function columnsOf({ data, cols }: Matrix, options: { readonly center?: Float64Array } = {}): Operand {
  return { data, offset: 0, stride: cols, count: cols, layout: 'columns', center: options.center };
}
