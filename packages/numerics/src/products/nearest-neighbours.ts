import type { Matrix } from '../matrix.js';
import { ScreenedDistances } from './screened-distances.js';

/** The k nearest rows of B for every row of A, nearest first; ties by the lower index. */
export interface NearestNeighbours {
  readonly k: number;
  /** n×k indices of rows of B. */
  readonly indices: Int32Array;
  /** n×k squared Euclidean distances. */
  readonly squaredDistances: Float64Array;
}

/** Settings of `nearestNeighbours`. */
export interface NeighbourOptions {
  readonly k: number;
  /** See `ScreenedDistances`. */
  readonly center?: Float64Array;
}

/**
 * The k nearest rows of B for every row of A by Euclidean distance, exact, in memory bounded by a band of distances.
 * @param a n×d
 * @param b m×d; leave it out for the neighbours within A, where a row is not its own neighbour (a duplicate of it is)
 * @param options.k how many, 1 ≤ k ≤ m (k < n within A)
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
  const found = {
    k,
    indices: new Int32Array(a.rows * k),
    squaredDistances: new Float64Array(a.rows * k),
  };
  const distances = new ScreenedDistances(a, other, settings);
  const smallest = new Float64Array(k);
  for (const { start, rows, cols, data } of distances.blocks()) {
    for (let row = 0; row < rows; row++) {
      const i = start + row;
      const approximations = data.subarray(row * cols, (row + 1) * cols);
      if (within) approximations[i] = Infinity;
      const limit = kthSmallestUpperBound(approximations, distances.errorsB, smallest) + 2 * distances.errorsA[i];
      takeNearest(distances, i, approximations, limit, found);
    }
  }
  return found;
}

/** The k-th smallest of approximation + error of B: with the error of A, no k-th nearest row is farther. */
function kthSmallestUpperBound(approximations: Float64Array, errors: Float64Array, smallest: Float64Array): number {
  const last = smallest.length - 1;
  smallest.fill(Infinity);
  let largest = Infinity;
  for (let j = 0; j < approximations.length; j++) {
    const bound = approximations[j] + errors[j];
    if (bound >= largest) continue;
    let place = last;
    for (; place > 0 && smallest[place - 1] > bound; place--) smallest[place] = smallest[place - 1];
    smallest[place] = bound;
    largest = smallest[last];
  }
  return largest;
}

/** Measures every row whose approximation − error of B is within the limit, and keeps the k nearest. */
function takeNearest(
  distances: ScreenedDistances,
  i: number,
  approximations: Float64Array,
  limit: number,
  { k, indices, squaredDistances }: NearestNeighbours,
): void {
  const first = i * k;
  let kept = 0;
  for (let j = 0; j < approximations.length; j++) {
    if (!(approximations[j] - distances.errorsB[j] <= limit)) continue;
    // k rows at distance 0 cannot be beaten, and a tie goes to them.
    if (kept === k && squaredDistances[first + k - 1] === 0) return;
    const distance = distances.exact(i, j);
    if (kept === k && distance >= squaredDistances[first + k - 1]) continue;
    let place = first + Math.min(kept, k - 1);
    for (; place > first && squaredDistances[place - 1] > distance; place--) {
      squaredDistances[place] = squaredDistances[place - 1];
      indices[place] = indices[place - 1];
    }
    squaredDistances[place] = distance;
    indices[place] = j;
    kept = Math.min(k, kept + 1);
  }
}
