import type { KernelExports } from './kernel-exports.js';
import { packOperand, STAGED_ELEMENTS } from './pack-operand.js';
import { plainProduct } from './plain-product.js';
import { place } from './scratch.js';
import { tileArea, type OutputArea, type TileArea, type TileJob } from './tile-job.js';
import { productsToDistances } from './tile-distances.js';

/**
 * Steps of the depth in one go, and more than a tile is wide: bounds the kernels' memory, and is a multiple of the depth of
 * one pass over a tile.
 */
export const DEPTH_CHUNK = 2048;

/** Computes tiles of one job on one thread. */
export interface TileRunner {
  /** Computes tile `index`. */
  run(index: number): void;
}

/**
 * Float64 tiles. Nothing else may use the kernels before it is done: what was packed for one
 * tile serves its neighbours.
 */
export class DoubleTileRunner implements TileRunner {
  readonly #kernels: KernelExports | undefined;
  readonly #job: TileJob;
  #packedTop = -1;

  constructor(kernels: KernelExports | undefined, job: TileJob) {
    this.#kernels = kernels;
    this.#job = job;
  }

  run(index: number): void {
    const area = tileArea(this.#job, index);
    if (!area) return;
    if (this.#kernels) this.#multiply(this.#kernels, area);
    else plainProduct(this.#job, area);
    if (this.#job.squaredNorms) productsToDistances(this.#job, this.#job.squaredNorms, area);
  }

  #multiply(kernels: KernelExports, area: TileArea): void {
    const { a, b, depth, out, subtract = false } = this.#job;
    const { top, rows, left, cols } = area;
    const paddedRows = (rows + 3) & ~3;
    const paddedCols = (cols + 3) & ~3;
    const chunk = Math.min(DEPTH_CHUNK, (depth + 1) & ~1);
    const [center, staging, packedA, packedB, product] = place(kernels, [
      DEPTH_CHUNK,
      STAGED_ELEMENTS,
      paddedRows * chunk,
      paddedCols * chunk,
      paddedRows * paddedCols,
    ]);
    const tile = new Float64Array(kernels.memory.buffer, product, paddedRows * paddedCols).fill(0);
    for (let from = 0; from < depth; from += chunk) {
      const part = { from, depth: Math.min(chunk, depth - from), center, staging };
      if (depth > chunk || this.#packedTop !== top) {
        packOperand(kernels, a, { ...part, first: top, count: rows, destination: packedA });
        this.#packedTop = top;
      }
      packOperand(kernels, b, { ...part, first: left, count: cols, destination: packedB });
      kernels.multiplyPacked(packedA, paddedRows, packedB, paddedCols, (part.depth + 1) & ~1, product);
    }
    if (subtract) subtractTile(tile, paddedCols, out, area);
    else copyTile(tile, paddedCols, out, area);
  }
}

function copyTile(tile: Float64Array, width: number, out: OutputArea, { top, rows, left, cols }: TileArea): void {
  for (let i = 0; i < rows; i++) {
    out.data.set(tile.subarray(i * width, i * width + cols), out.offset + (top + i) * out.stride + left);
  }
}

function subtractTile(tile: Float64Array, width: number, out: OutputArea, { top, rows, left, cols }: TileArea): void {
  const { data } = out;
  for (let i = 0; i < rows; i++) {
    const row = out.offset + (top + i) * out.stride + left;
    for (let j = 0; j < cols; j++) data[row + j] -= tile[i * width + j];
  }
}
