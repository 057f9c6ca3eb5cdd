import { tileExecutor } from '../kernels/executor.js';
import type { KernelExports } from '../kernels/kernel-exports.js';
import type { Operand } from '../kernels/operand.js';
import { wholeArray } from '../kernels/tile-job.js';
import { factorPanel, type BlockReflection } from './factor-panel.js';

/** Superdiagonals of the band: wide enough for fast products, narrow enough for a fast chase afterwards. */
export const BAND_WIDTH = 32;

/**
 * Reduces a rows×cols matrix, rows ≥ cols, to an upper band matrix with the same singular values: QR of a panel of
 * columns, LQ of the rows that it leaves, and so on, with block reflections that are applied by matrix products (Großer &
 * Lang 1999). Both sides of a step update the trailing matrix in one product.
 * @param a row-major, in memory of the tile executor; overwritten
 * @param cols a multiple of `BAND_WIDTH`
 * @returns the band as the kernels' `bidiagonalizeBand` wants it
 */
export function bandForm(a: Float64Array, rows: number, cols: number, kernels: KernelExports): Float64Array {
  const band = new Float64Array((cols + 2 * BAND_WIDTH) * 3 * BAND_WIDTH);
  const { allocate } = tileExecutor();
  const workspace: Workspace = {
    left: allocate(2 * BAND_WIDTH * rows),
    right: allocate(2 * BAND_WIDTH * cols),
    products: allocate(BAND_WIDTH * Math.max(rows, cols)),
  };
  for (let k = 0; k < cols; k += BAND_WIDTH) {
    const next = k + BAND_WIDTH;
    const column = reduceColumns(a, rows, cols, k, workspace, kernels);
    storeTriangle(band, column.upper, k, k, false);
    if (next === cols) break;
    const row = reduceRows(a, rows, cols, k, column, workspace, kernels);
    storeTriangle(band, row.upper, k, next, true);
    updateTrailing(a, rows, cols, k, row, workspace);
  }
  return band;
}

/** What every step overwrites; matrices are stored by columns, one column after the other. */
interface Workspace {
  /** V and X: the columns that stand left in the update A − [V X]·[Y W]ᵀ, of rows − k elements. */
  readonly left: Float64Array;
  /** Y and W, of cols − k − BAND_WIDTH elements. */
  readonly right: Float64Array;
  readonly products: Float64Array;
}

/** QR of columns k…: their block reflection, whose V goes to the workspace. */
function reduceColumns(
  a: Float64Array,
  rows: number,
  cols: number,
  k: number,
  { left }: Workspace,
  kernels: KernelExports,
): BlockReflection {
  const height = rows - k;
  for (let i = 0; i < height; i++) {
    const start = (k + i) * cols + k;
    for (let j = 0; j < BAND_WIDTH; j++) left[j * height + i] = a[start + j];
  }
  return factorPanel(kernels, left.subarray(0, BAND_WIDTH * height), BAND_WIDTH, height);
}

/** The trailing columns would become A − V·Yᵀ: LQ of the first rows of that. Y and W go to the workspace. */
function reduceRows(
  a: Float64Array,
  rows: number,
  cols: number,
  k: number,
  { t }: BlockReflection,
  { left, right, products }: Workspace,
  kernels: KernelExports,
): BlockReflection {
  const height = rows - k;
  const width = cols - k - BAND_WIDTH;
  const run = tileExecutor().run;
  const v = stored(left, height, BAND_WIDTH);
  // Y = Aᵀ·V·T.
  run({
    a: { data: a, offset: k * cols + k + BAND_WIDTH, stride: cols, count: width, layout: 'columns' },
    b: v,
    depth: height,
    out: wholeArray(products, BAND_WIDTH),
  });
  run({
    a: transformation(t),
    b: stored(products, BAND_WIDTH, width),
    depth: BAND_WIDTH,
    out: wholeArray(right, width),
  });

  const rowBlock = right.subarray(BAND_WIDTH * width, 2 * BAND_WIDTH * width);
  for (let i = 0; i < BAND_WIDTH; i++) {
    const start = (k + i) * cols + k + BAND_WIDTH;
    rowBlock.set(a.subarray(start, start + width), i * width);
  }
  run({
    a: { ...v, count: BAND_WIDTH, layout: 'columns' },
    b: { ...stored(right, width, width), layout: 'columns' },
    depth: BAND_WIDTH,
    out: { data: right, offset: BAND_WIDTH * width, stride: width },
    subtract: true,
  });
  return factorPanel(kernels, rowBlock, BAND_WIDTH, width);
}

/** A − V·Yᵀ becomes A − V·Yᵀ − X·Wᵀ with X = (A·W − V·YᵀW)·T. */
function updateTrailing(
  a: Float64Array,
  rows: number,
  cols: number,
  k: number,
  { t }: BlockReflection,
  { left, right, products }: Workspace,
): void {
  const height = rows - k;
  const below = height - BAND_WIDTH;
  const width = cols - k - BAND_WIDTH;
  const run = tileExecutor().run;
  const corner = (k + BAND_WIDTH) * cols + k + BAND_WIDTH;
  const w: Operand = { data: right, offset: BAND_WIDTH * width, stride: width, count: BAND_WIDTH, layout: 'rows' };
  run({
    a: { data: a, offset: corner, stride: cols, count: below, layout: 'rows' },
    b: w,
    depth: width,
    out: wholeArray(products, BAND_WIDTH),
  });
  const overlap = new Float64Array(BAND_WIDTH * BAND_WIDTH);
  run({ a: stored(right, width, BAND_WIDTH), b: w, depth: width, out: wholeArray(overlap, BAND_WIDTH) });
  run({
    a: { data: left, offset: BAND_WIDTH, stride: height, count: below, layout: 'columns' },
    b: transformation(overlap),
    depth: BAND_WIDTH,
    out: wholeArray(products, BAND_WIDTH),
    subtract: true,
  });
  run({
    a: transformation(t),
    b: stored(products, BAND_WIDTH, below),
    depth: BAND_WIDTH,
    out: { data: left, offset: BAND_WIDTH * height + BAND_WIDTH, stride: height },
  });
  run({
    a: { data: left, offset: BAND_WIDTH, stride: height, count: below, layout: 'columns' },
    b: { data: right, offset: 0, stride: width, count: width, layout: 'columns' },
    depth: 2 * BAND_WIDTH,
    out: { data: a, offset: corner, stride: cols },
    subtract: true,
  });
}

/** `count` contiguous vectors from the start of an array. */
function stored(data: Float64Array, length: number, count: number): Operand {
  return { data, offset: 0, stride: length, count, layout: 'rows' };
}

/** The columns of a small square matrix. */
function transformation(data: Float64Array): Operand {
  return { data, offset: 0, stride: BAND_WIDTH, count: BAND_WIDTH, layout: 'columns' };
}

/** Writes a triangle of the band whose corner is element (row, column), transposed where the reflection was from the right. */
function storeTriangle(
  band: Float64Array,
  upper: Float64Array,
  row: number,
  column: number,
  isTransposed: boolean,
): void {
  for (let i = 0; i < BAND_WIDTH; i++) {
    for (let j = i; j < BAND_WIDTH; j++) {
      const r = row + (isTransposed ? j : i);
      const c = column + (isTransposed ? i : j);
      band[r * 3 * BAND_WIDTH + c - r + BAND_WIDTH] = upper[i * BAND_WIDTH + j];
    }
  }
}
