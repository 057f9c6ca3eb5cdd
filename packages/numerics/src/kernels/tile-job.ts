import type { Operand } from './operand.js';

/**
 * A·Bᵀ, or the squared distances between the vectors of A and B, computed tile by tile into part of `out`. Tiles depend on
 * nothing but the job, so they can be computed anywhere and in any order.
 */
export interface TileJob {
  readonly a: Operand;
  readonly b: Operand;
  readonly depth: number;
  /** a.count rows of b.count elements. */
  readonly out: OutputArea;
  /** Subtracts the product from what is in `out` instead of overwriting it. */
  readonly subtract?: boolean;
  /** ‖vector − center‖² of the vectors of A and B, both in rows: makes `out` squared distances. */
  readonly squaredNorms?: { readonly a: Float64Array; readonly b: Float64Array };
  /**
   * Computes the products in float32, of vectors times this factor: squared distances are then approximations, within
   * `singleError`. Needs `squaredNorms` and operands in rows.
   */
  readonly singleScale?: number;
  /** Where A and B begin with the same vectors: the triangle that is wanted. Tiles wholly outside it are left out. */
  readonly triangle?: 'lower' | 'upper';
}

/** Part of a row-major array. */
export interface OutputArea {
  readonly data: Float64Array;
  /** Index of the first element. */
  readonly offset: number;
  /** Elements from one row to the next. */
  readonly stride: number;
}

/** A whole array of rows of `width` elements. */
export function wholeArray(data: Float64Array, width: number): OutputArea {
  return { data, offset: 0, stride: width };
}

/** Some rows and columns of a job's result. */
export interface TileArea {
  readonly top: number;
  readonly rows: number;
  readonly left: number;
  readonly cols: number;
}

const TILE_ROWS = 256;
const TILE_COLS = 256;

/** The number of tiles of a job. */
export function tileCount({ a, b }: TileJob): number {
  return Math.ceil(a.count / TILE_ROWS) * Math.ceil(b.count / TILE_COLS);
}

/** Where tile `index` lies; undefined where the job does not want it. */
export function tileArea(job: TileJob, index: number): TileArea | undefined {
  const across = Math.ceil(job.b.count / TILE_COLS);
  const top = Math.floor(index / across) * TILE_ROWS;
  const left = (index % across) * TILE_COLS;
  const rows = Math.min(TILE_ROWS, job.a.count - top);
  const cols = Math.min(TILE_COLS, job.b.count - left);
  if (job.triangle === 'lower' && left >= top + rows) return undefined;
  if (job.triangle === 'upper' && top >= left + cols) return undefined;
  return { top, rows, left, cols };
}
