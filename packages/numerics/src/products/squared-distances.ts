import { tileExecutor } from '../kernels/executor.js';
import { rowsOf } from '../kernels/operand.js';
import { sharedMatrix } from '../kernels/shared-matrix.js';
import { wholeArray } from '../kernels/tile-job.js';
import type { Matrix } from '../matrix.js';
import { distanceCenter } from './distance-center.js';
import { squaredNorms } from './squared-norms.js';
import { bandHeight } from './band-height.js';
import { checkSameWidth } from './check-width.js';
import { mirrorLowerTriangle } from './mirror.js';

/** Squared Euclidean distances between some rows of A and some rows of B. */
export interface DistanceBlock {
  /** Index in A of the first row of the block. */
  readonly start: number;
  readonly rows: number;
  /** Index in B of the first column of the block. */
  readonly from: number;
  readonly cols: number;
  /** rows×cols, row-major. */
  readonly data: Float64Array;
}

/** What several calls of `squaredDistances` share. */
export interface DistanceOptions {
  /** The point to which rows are moved before the products; default `distanceCenter(a)`. */
  readonly center?: Float64Array;
  /** ‖row − center‖² of the rows of A, where they are known; needs `center`. */
  readonly squaredNorms?: Float64Array;
}

/**
 * The squared Euclidean distance between every row of A and every row of B.
 *
 * ‖a‖² + ‖b‖² − 2⟨a, b⟩ about a common centre, recomputed from the differences where that would cancel: identical rows
 * are exactly 0 apart and near-duplicates keep their digits. A pair of rows gets the same bits wherever it lies and
 * whichever comes first, provided that both calls share `center`.
 * @param a n×d
 * @param b m×d; leave it out (or pass A itself) for the distances within A
 * @returns n×m
 * @throws RangeError when the widths differ
 * @example squaredDistances(matrix([[0, 0]]), matrix([[3, 4]])).data // => Float64Array [25]
 */
export function squaredDistances(
  a: Matrix,
  b: Matrix = a,
  options: DistanceOptions = {},
): Matrix & { readonly data: Float64Array } {
  const pair = prepare(a, b, options);
  const executor = tileExecutor();
  const data = executor.allocate(a.rows * b.rows);
  executor.run({
    a: rowsOf(a, { center: pair.center }),
    b: rowsOf(b, { center: pair.center }),
    depth: a.cols,
    out: wholeArray(data, b.rows),
    squaredNorms: { a: pair.normsA, b: pair.normsB },
    triangle: a === b ? 'lower' : undefined,
  });
  if (a === b) mirrorLowerTriangle(data, a.rows);
  return { data, rows: a.rows, cols: b.rows };
}

/**
 * The same distances in bands of rows that bound the memory. Within one matrix (b left out) a band has only the columns
 * from its own first row on, and of those only what lies right of its diagonal is computed: every pair once.
 *
 * The next band overwrites `data`.
 */
export function* squaredDistanceBlocks(
  a: Matrix,
  b: Matrix = a,
  options: { readonly center?: Float64Array; readonly blockRows?: number } = {},
): Generator<DistanceBlock> {
  const pair = prepare(a, b, options);
  const within = a === b;
  const height = options.blockRows ?? bandHeight(b.rows);
  const executor = tileExecutor();
  const buffer = executor.allocate(Math.min(height, a.rows) * b.rows);
  const sharedA = sharedMatrix(a);
  const sharedB = within ? sharedA : sharedMatrix(b);
  for (let start = 0; start < a.rows; start += height) {
    const rows = Math.min(height, a.rows - start);
    const from = within ? start : 0;
    const cols = b.rows - from;
    const data = buffer.subarray(0, rows * cols);
    executor.run({
      a: rowsOf(sharedA, { start, count: rows, center: pair.center }),
      b: rowsOf(sharedB, { start: from, count: cols, center: pair.center }),
      depth: a.cols,
      out: wholeArray(data, cols),
      squaredNorms: { a: pair.normsA.subarray(start), b: pair.normsB.subarray(from) },
      triangle: within ? 'upper' : undefined,
    });
    yield { start, rows, from, cols, data };
  }
}

function prepare(
  a: Matrix,
  b: Matrix,
  options: DistanceOptions,
): { center: Float64Array; normsA: Float64Array; normsB: Float64Array } {
  checkSameWidth(a, b);
  const { center = distanceCenter(a) } = options;
  const normsA = (options.center && options.squaredNorms) ?? squaredNorms(a, center);
  return { center, normsA, normsB: a === b ? normsA : squaredNorms(b, center) };
}
