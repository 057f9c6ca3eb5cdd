import type { KernelExports } from './kernel-exports.js';

/** Consecutive rows of a row-major matrix of `depth` columns; `center` is subtracted from each of them. */
export interface Rows {
  readonly data: Float32Array | Float64Array;
  readonly start: number;
  readonly count: number;
  readonly center: Float64Array;
}

/**
 * A·Bᵀ, or the squared distances between the rows of A and B, computed tile by tile into `out` (a.count×b.count). Tiles
 * depend on nothing but the job, so they can be computed anywhere and in any order.
 */
export interface TileJob {
  readonly a: Rows;
  readonly b: Rows;
  readonly depth: number;
  readonly out: Float64Array;
  /** ‖row − center‖² of the rows of A and B: makes `out` squared distances. */
  readonly squaredNorms?: { readonly a: Float64Array; readonly b: Float64Array };
  /** Where A and B begin with the same rows: the triangle that is wanted. Tiles wholly outside it are left out. */
  readonly triangle?: 'lower' | 'upper';
}

export const TILE_ROWS = 256;
export const TILE_COLS = 256;
/** Columns of A and B in one go: bounds the kernels' memory, and is a multiple of the depth of one pass over a tile. */
const DEPTH_CHUNK = 2048;
const STAGED_ROWS = 64;
/** Below this share of ‖a‖² + ‖b‖² a squared distance has lost three digits or more to cancellation. */
const CANCELLATION = 1e-3;

/** The number of tiles of a job. */
export function tileCount(job: TileJob): number {
  return Math.ceil(job.a.count / TILE_ROWS) * Math.ceil(job.b.count / TILE_COLS);
}

/** Computes tile `index` of the job. */
export function runTile(kernels: KernelExports | undefined, job: TileJob, index: number): void {
  const across = Math.ceil(job.b.count / TILE_COLS);
  const top = Math.floor(index / across) * TILE_ROWS;
  const left = (index % across) * TILE_COLS;
  const rows = Math.min(TILE_ROWS, job.a.count - top);
  const cols = Math.min(TILE_COLS, job.b.count - left);
  if (job.triangle === 'lower' && left >= top + rows) return;
  if (job.triangle === 'upper' && top >= left + cols) return;
  if (kernels) multiplyTile(kernels, job, top, rows, left, cols);
  else multiplyTileWithoutWasm(job, top, rows, left, cols);
  if (job.squaredNorms) productsToDistances(job, job.squaredNorms, top, rows, left, cols);
}

function multiplyTile(
  kernels: KernelExports,
  job: TileJob,
  top: number,
  rows: number,
  left: number,
  cols: number,
): void {
  const paddedRows = (rows + 3) & ~3;
  const paddedCols = (cols + 3) & ~3;
  const chunk = Math.min(DEPTH_CHUNK, (job.depth + 1) & ~1);
  const center = Math.ceil(kernels.heapBase.value / 16) * 16;
  const staging = center + chunk * 8;
  const packedA = staging + STAGED_ROWS * chunk * 8;
  const packedB = packedA + paddedRows * chunk * 8;
  const product = packedB + paddedCols * chunk * 8;
  const missing = product + paddedRows * paddedCols * 8 - kernels.memory.buffer.byteLength;
  if (missing > 0) kernels.memory.grow(Math.ceil(missing / 65536));

  const tile = new Float64Array(kernels.memory.buffer, product, paddedRows * paddedCols).fill(0);
  for (let from = 0; from < job.depth; from += chunk) {
    const depth = Math.min(chunk, job.depth - from);
    packTile(kernels, job.a, top, rows, job.depth, from, depth, center, staging, packedA);
    packTile(kernels, job.b, left, cols, job.depth, from, depth, center, staging, packedB);
    kernels.multiplyPacked(packedA, paddedRows, packedB, paddedCols, (depth + 1) & ~1, product);
  }
  for (let i = 0; i < rows; i++) {
    job.out.set(tile.subarray(i * paddedCols, i * paddedCols + cols), (top + i) * job.b.count + left);
  }
}

/** Copies rows in groups into the kernels' memory, padded with zeros to whole panels, and packs them there. */
function packTile(
  kernels: KernelExports,
  operand: Rows,
  first: number,
  count: number,
  width: number,
  from: number,
  depth: number,
  center: number,
  staging: number,
  destination: number,
): void {
  const padded = (depth + 1) & ~1;
  const centers = new Float64Array(kernels.memory.buffer, center, padded).fill(0);
  centers.set(operand.center.subarray(from, from + depth));
  const single = operand.data instanceof Float32Array;
  const staged = single
    ? new Float32Array(kernels.memory.buffer, staging, STAGED_ROWS * padded)
    : new Float64Array(kernels.memory.buffer, staging, STAGED_ROWS * padded);
  if (padded !== depth) staged.fill(0);
  for (let done = 0; done < count; done += STAGED_ROWS) {
    const group = Math.min(STAGED_ROWS, count - done);
    for (let i = 0; i < group; i++) {
      const start = (operand.start + first + done + i) * width + from;
      staged.set(operand.data.subarray(start, start + depth), i * padded);
    }
    // What fills up the last panel is cut off the product again: it only has to be finite.
    staged.fill(0, group * padded, ((group + 3) & ~3) * padded);
    const pack = single ? kernels.packRows32 : kernels.packRows64;
    pack(staging, (group + 3) & ~3, padded, center, destination + done * padded * 8);
  }
}

function multiplyTileWithoutWasm(job: TileJob, top: number, rows: number, left: number, cols: number): void {
  const { a, b, depth } = job;
  const row = new Float64Array(depth);
  for (let i = 0; i < rows; i++) {
    const offsetA = (a.start + top + i) * depth;
    for (let p = 0; p < depth; p++) row[p] = a.data[offsetA + p] - a.center[p];
    for (let j = 0; j < cols; j++) {
      const offsetB = (b.start + left + j) * depth;
      let sum = 0;
      for (let p = 0; p < depth; p++) sum += row[p] * (b.data[offsetB + p] - b.center[p]);
      job.out[(top + i) * b.count + left + j] = sum;
    }
  }
}

/** ‖a − b‖² = ‖a‖² + ‖b‖² − 2⟨a, b⟩, computed from the differences where that cancels. */
function productsToDistances(
  job: TileJob,
  norms: NonNullable<TileJob['squaredNorms']>,
  top: number,
  rows: number,
  left: number,
  cols: number,
): void {
  const { a, b, depth, out } = job;
  for (let i = top; i < top + rows; i++) {
    const offset = i * b.count;
    const normA = norms.a[i];
    for (let j = left; j < left + cols; j++) {
      const sum = normA + norms.b[j];
      const squared = sum - 2 * out[offset + j];
      out[offset + j] =
        squared > CANCELLATION * sum
          ? squared
          : squaredDistanceOfRows(a.data, (a.start + i) * depth, b.data, (b.start + j) * depth, depth);
    }
  }
}

/** Four running sums, because one would wait for each addition. */
function squaredDistanceOfRows(
  a: Float32Array | Float64Array,
  startA: number,
  b: Float32Array | Float64Array,
  startB: number,
  depth: number,
): number {
  let sum0 = 0;
  let sum1 = 0;
  let sum2 = 0;
  let sum3 = 0;
  let p = 0;
  for (; p + 3 < depth; p += 4) {
    const d0 = a[startA + p] - b[startB + p];
    const d1 = a[startA + p + 1] - b[startB + p + 1];
    const d2 = a[startA + p + 2] - b[startB + p + 2];
    const d3 = a[startA + p + 3] - b[startB + p + 3];
    sum0 += d0 * d0;
    sum1 += d1 * d1;
    sum2 += d2 * d2;
    sum3 += d3 * d3;
  }
  for (; p < depth; p++) {
    const difference = a[startA + p] - b[startB + p];
    sum0 += difference * difference;
  }
  return sum0 + sum1 + (sum2 + sum3);
}
