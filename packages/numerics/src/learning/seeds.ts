import type { Matrix } from '../matrix.js';
import { distanceCenter } from '../products/distance-center.js';
import { squaredDistances } from '../products/squared-distances.js';
import type { RandomState } from '../random/random-state.js';

/** What clusterings of the same points share. */
export interface Seeds {
  /** The points from which starting centres are drawn. */
  readonly points: Matrix;
  /** Their squared distances from each other. */
  readonly distances: Matrix & { readonly data: Float64Array };
  /** The point about which distances are computed. */
  readonly center: Float64Array;
}

/** Starting centres come from a random subset of this size, which bounds the memory of its distances. */
const MOST_SEEDS = 3072;

/** Prepares points for clustering from several starts. */
export function drawSeeds(points: Matrix, random: RandomState): Seeds {
  const subset = points.rows <= MOST_SEEDS ? points : pick(points, random.choice(points.rows, MOST_SEEDS));
  const center = distanceCenter(points);
  return { points: subset, distances: squaredDistances(subset, subset, { center }), center };
}

function pick({ data, cols }: Matrix, indices: Int32Array): Matrix {
  const out =
    data instanceof Float32Array ? new Float32Array(indices.length * cols) : new Float64Array(indices.length * cols);
  indices.forEach((row, i) => out.set(data.subarray(row * cols, (row + 1) * cols), i * cols));
  return { data: out, rows: indices.length, cols };
}
