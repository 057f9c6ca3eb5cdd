import type { KernelExports } from './kernel-exports.js';
import { packSingleRows, STAGED_ELEMENTS } from './pack-operand.js';
import { place } from './scratch.js';
import { DEPTH_CHUNK, type TileRunner } from './tile-runner.js';
import { tileArea, type TileArea, type TileJob } from './tile-job.js';

/** Steps between two additions to a tile, as in the kernel. */
const KERNEL_DEPTH = 256;

/**
 * The largest error of a squared distance from float32 products, as a share of ‖a‖² + ‖b‖²: two roundings of the factors,
 * one of the product, and those of the additions, each of 2⁻²⁴ (Higham 2002, §3.1), and a little for the float64 around
 * them.
 */
export function singleError(depth: number): number {
  return 1.01 * (Math.min(depth, KERNEL_DEPTH) + Math.ceil(depth / KERNEL_DEPTH) + 4) * 2 ** -24;
}

/** Tiles of approximate squared distances. What was packed for one tile serves its neighbours. */
export class SingleTileRunner implements TileRunner {
  readonly #kernels: KernelExports;
  readonly #job: TileJob;
  readonly #norms: NonNullable<TileJob['squaredNorms']>;
  readonly #scale: number;
  #packedTop = -1;

  constructor(kernels: KernelExports, job: TileJob, norms: NonNullable<TileJob['squaredNorms']>, scale: number) {
    this.#kernels = kernels;
    this.#job = job;
    this.#norms = norms;
    this.#scale = scale;
  }

  run(index: number): void {
    const area = tileArea(this.#job, index);
    if (area) this.#multiply(area);
  }

  #multiply(area: TileArea): void {
    const { a, b, depth } = this.#job;
    const { top, rows, left, cols } = area;
    const paddedRows = (rows + 3) & ~3;
    const paddedCols = (cols + 7) & ~7;
    const chunk = Math.min(DEPTH_CHUNK, (depth + 1) & ~1);
    const kernels = this.#kernels;
    const [center, staging, packedA, packedB, product] = place(kernels, [
      DEPTH_CHUNK,
      STAGED_ELEMENTS,
      (paddedRows * chunk) / 2,
      (paddedCols * chunk) / 2,
      (paddedRows * paddedCols) / 2,
    ]);
    const tile = new Float32Array(kernels.memory.buffer, product, paddedRows * paddedCols).fill(0);
    // The panel that makes the columns a multiple of eight is cut off again, but has to be finite.
    new Float32Array(kernels.memory.buffer, packedB, paddedCols * chunk).fill(0, (paddedCols - 8) * chunk);
    for (let from = 0; from < depth; from += chunk) {
      const part = { from, depth: Math.min(chunk, depth - from), center, staging };
      if (depth > chunk || this.#packedTop !== top) {
        packSingleRows(kernels, a, this.#scale, { ...part, first: top, count: rows, destination: packedA });
        this.#packedTop = top;
      }
      packSingleRows(kernels, b, this.#scale, { ...part, first: left, count: cols, destination: packedB });
      kernels.multiplySingle(packedA, paddedRows, packedB, paddedCols, (part.depth + 1) & ~1, product);
    }
    this.#writeDistances(tile, paddedCols, area);
  }

  #writeDistances(tile: Float32Array, width: number, { top, rows, left, cols }: TileArea): void {
    const { data, offset, stride } = this.#job.out;
    const { a, b } = this.#norms;
    const factor = 2 / (this.#scale * this.#scale);
    for (let i = 0; i < rows; i++) {
      const row = offset + (top + i) * stride + left;
      const norm = a[top + i];
      for (let j = 0; j < cols; j++) data[row + j] = norm + b[left + j] - factor * tile[i * width + j];
    }
  }
}
