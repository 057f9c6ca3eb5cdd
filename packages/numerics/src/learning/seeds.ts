import type { Matrix } from '../matrix.js';
import { distanceCenter } from '../products/distance-center.js';
import { squaredDistances } from '../products/squared-distances.js';
import { squaredNorms } from '../products/squared-norms.js';
import type { RandomState } from '../random/random-state.js';
import { selectRows } from '../select-rows.js';

/** What clusterings of the same points share. */
export interface Seeds {
  /** The points from which starting centres are drawn: the matrix itself, or a subset of a large one. */
  readonly points: Matrix;
  /** Their squared distances from each other. */
  readonly distances: Matrix & { readonly data: Float64Array };
  /** The point about which distances are computed. */
  readonly center: Float64Array;
  /** Of all points, about that one. */
  readonly squaredNorms: Float64Array;
}

/** Starting centres come from a random subset of this size, which bounds the memory of its distances. */
const MOST_SEEDS = 3072;

/** Prepares points for clustering from several starts. */
export function drawSeeds(points: Matrix, random: RandomState): Seeds {
  const subset = points.rows <= MOST_SEEDS ? points : selectRows(points, random.choice(points.rows, MOST_SEEDS));
  const center = distanceCenter(points);
  const distances = squaredDistances(subset, subset, { center });
  return { points: subset, distances, center, squaredNorms: squaredNorms(points, center) };
}
