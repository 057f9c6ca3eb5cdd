import type { Matrix } from '../matrix.js';
import { squaredDistanceBlocks } from './squared-distances.js';

/** The k nearest rows of B for every row of A, nearest first; ties by the lower index. */
export interface NearestNeighbours {
  readonly k: number;
  /** n×k indices of rows of B. */
  readonly indices: Int32Array;
  /** n×k squared Euclidean distances. */
  readonly squaredDistances: Float64Array;
}

/**
 * The k nearest rows of B for every row of A by Euclidean distance, exact, in memory bounded by a band of distances.
 * @param a n×d
 * @param b m×d; leave it out for the neighbours within A, where a row is not its own neighbour (a duplicate of it is)
 * @param options.k how many, 1 ≤ k ≤ m (k < n within A)
 * @param options.center see `squaredDistances`
 * @throws RangeError when k is not such an integer or the widths differ
 * @example nearestNeighbours(matrix([[0], [1], [5]]), { k: 1 }).indices // => Int32Array [1, 0, 1]
 */
export function nearestNeighbours(a: Matrix, options: NeighbourOptions): NearestNeighbours;
export function nearestNeighbours(a: Matrix, b: Matrix, options: NeighbourOptions): NearestNeighbours;
export function nearestNeighbours(
  a: Matrix,
  b: Matrix | NeighbourOptions,
  options?: NeighbourOptions,
): NearestNeighbours {
  const [other, settings] = options === undefined ? [a, b as NeighbourOptions] : [b as Matrix, options];
  const within = other === a;
  const { k } = settings;
  const candidates = within ? a.rows - 1 : other.rows;
  if (!Number.isInteger(k) || k < 1 || k > candidates) {
    throw new RangeError(`k must be an integer from 1 to ${candidates} (the rows to choose from), got ${k}`);
  }
  const heap = new NeighbourLists(a.rows, k);
  for (const { start, rows, from, cols, data } of squaredDistanceBlocks(a, other, settings)) {
    for (let i = 0; i < rows; i++) {
      const first = within ? i + 1 : 0;
      for (let j = first; j < cols; j++) {
        const distance = data[i * cols + j];
        heap.offer(start + i, from + j, distance);
        if (within) heap.offer(from + j, start + i, distance);
      }
    }
  }
  return { k, indices: heap.indices, squaredDistances: heap.squaredDistances };
}

export interface NeighbourOptions {
  readonly k: number;
  readonly center?: Float64Array;
}

/** k candidates a row, kept sorted by insertion: k is small and most offers fail the first comparison. */
class NeighbourLists {
  readonly indices: Int32Array;
  readonly squaredDistances: Float64Array;
  readonly #k: number;

  constructor(rows: number, k: number) {
    this.#k = k;
    this.indices = new Int32Array(rows * k).fill(-1);
    this.squaredDistances = new Float64Array(rows * k).fill(Infinity);
  }

  offer(row: number, candidate: number, distance: number): void {
    const { indices, squaredDistances } = this;
    const first = row * this.#k;
    let place = first + this.#k - 1;
    if (!precedes(distance, candidate, squaredDistances[place], indices[place])) return;
    for (; place > first; place--) {
      if (!precedes(distance, candidate, squaredDistances[place - 1], indices[place - 1])) break;
      squaredDistances[place] = squaredDistances[place - 1];
      indices[place] = indices[place - 1];
    }
    squaredDistances[place] = distance;
    indices[place] = candidate;
  }
}

function precedes(distance: number, candidate: number, otherDistance: number, other: number): boolean {
  return distance < otherDistance || (distance === otherDistance && (candidate < other || other < 0));
}
