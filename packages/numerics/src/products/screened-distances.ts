import { tileExecutor } from '../kernels/executor.js';
import { rowsOf } from '../kernels/operand.js';
import { sharedMatrix } from '../kernels/shared-matrix.js';
import { singleError } from '../kernels/single-tile-runner.js';
import { wholeArray } from '../kernels/tile-job.js';
import type { Matrix } from '../matrix.js';
import { bandHeight } from './band-height.js';
import { checkSameWidth } from './check-width.js';
import { distanceCenter } from './distance-center.js';
import { mirrorLowerTriangle } from './mirror.js';
import { rowDistance } from './row-distance.js';
import { squaredNorms } from './squared-norms.js';
import type { DistanceBlock } from './squared-distances.js';

/**
 * Squared Euclidean distances between the rows of A and of B for whoever has to compare them: approximations at twice the
 * speed of float64, with a bound on their error, and the exact distance of a pair on demand. Few comparisons are closer
 * than the bound.
 * @example
 * const distances = new ScreenedDistances(matrix([[0, 0]]), matrix([[3, 4]]));
 * distances.exact(0, 0) // => 25
 */
export class ScreenedDistances {
  readonly a: Matrix;
  readonly b: Matrix;
  /** |approximation − exact| ≤ errorsA[i] + errorsB[j]. */
  readonly errorsA: Float64Array;
  readonly errorsB: Float64Array;
  readonly #center: Float64Array;
  readonly #norms: { readonly a: Float64Array; readonly b: Float64Array };

  /**
   * @param a n×d
   * @param b m×d; leave it out (or pass A itself) for the distances within A
   * @param options.center the point about which rows are multiplied: the nearer to them, the smaller the error; default
   *   `distanceCenter(a)`
   * @throws RangeError when the widths differ
   */
  constructor(a: Matrix, b: Matrix = a, options: { readonly center?: Float64Array } = {}) {
    checkSameWidth(a, b);
    this.a = sharedMatrix(a);
    this.b = a === b ? this.a : sharedMatrix(b);
    this.#center = options.center ?? distanceCenter(a);
    const normsA = squaredNorms(a, this.#center);
    this.#norms = { a: normsA, b: a === b ? normsA : squaredNorms(b, this.#center) };
    const error = singleError(a.cols);
    this.errorsA = normsA.map((norm) => error * norm);
    this.errorsB = a === b ? this.errorsA : this.#norms.b.map((norm) => error * norm);
  }

  /** The approximations, some whole rows at a time; the next block overwrites `data`. */
  *blocks(options: { readonly blockRows?: number } = {}): Generator<DistanceBlock> {
    const { a, b } = this;
    const height = options.blockRows ?? bandHeight(b.rows);
    const executor = tileExecutor();
    const buffer = executor.allocate(Math.min(height, a.rows) * b.rows);
    const center = this.#center;
    const isSquare = a === b && height >= a.rows;
    for (let start = 0; start < a.rows; start += height) {
      const rows = Math.min(height, a.rows - start);
      const data = buffer.subarray(0, rows * b.rows);
      executor.run({
        a: rowsOf(a, { start, count: rows, center }),
        b: rowsOf(b, { center }),
        depth: a.cols,
        out: wholeArray(data, b.rows),
        squaredNorms: { a: this.#norms.a.subarray(start), b: this.#norms.b },
        singleScale: this.#scale(),
        triangle: isSquare ? 'lower' : undefined,
      });
      if (isSquare) mirrorLowerTriangle(data, rows);
      yield { start, rows, from: 0, cols: b.rows, data };
    }
  }

  /** ‖a − b‖², summed from the differences. The same bits for a pair in either order. */
  exact(i: number, j: number): number {
    const { a, b } = this;
    return rowDistance(a.data, i * a.cols, b.data, j * b.cols, a.cols);
  }

  /** A power of two that takes the longest row to about 1, where products neither overflow nor vanish. */
  #scale(): number {
    let longest = 0;
    for (const norm of this.#norms.a) longest = Math.max(longest, norm);
    for (const norm of this.#norms.b) longest = Math.max(longest, norm);
    return longest > 0 && Number.isFinite(longest) ? 2 ** -Math.round(Math.log2(longest) / 2) : 1;
  }
}
