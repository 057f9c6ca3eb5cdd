import type { Matrix } from '../matrix.js';
import { assignClusters } from './assign-clusters.js';
import { drawSeeds, type Seeds } from './seeds.js';
import type { RandomState } from '../random/random-state.js';
import { spreadCenters } from './spread-centers.js';

/** Settings of `kMeans`. */
export interface KMeansOptions {
  readonly clusters: number;
  readonly random: RandomState;
  /** Starts, of which the tightest is kept; default 1. */
  readonly starts?: number;
  /** Default 100; the iteration stops when no label changes. */
  readonly maxIterations?: number;
}

/** A partition of the rows of a matrix. */
export interface KMeans {
  /** clusters×d. */
  readonly centers: Matrix & { readonly data: Float64Array };
  /** Cluster of each row. */
  readonly labels: Int32Array;
  /** Sum of the squared distances of the rows to their centres. */
  readonly inertia: number;
}

/**
 * Partitions rows by Lloyd's iteration (Lloyd 1982) from a k-means++ start (Arthur & Vassilvitskii 2007). A cluster that
 * loses all its rows takes over the row farthest from its centre.
 * @param points n×d
 * @throws RangeError unless 1 ≤ clusters ≤ n
 * @example kMeans(matrix([[0], [1], [9]]), { clusters: 2, random: new RandomState(0) }).inertia // => 0.5
 */
export function kMeans(points: Matrix, options: KMeansOptions): KMeans {
  const { clusters, random, starts = 1, maxIterations = 100 } = options;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > points.rows) {
    throw new RangeError(`${points.rows} rows can form 1 to ${points.rows} clusters, got ${clusters}`);
  }
  const seeds = drawSeeds(points, random);
  let best = runOnce(points, seeds, clusters, random, maxIterations);
  for (let start = 1; start < starts; start++) {
    const found = runOnce(points, seeds, clusters, random, maxIterations);
    if (found.inertia < best.inertia) best = found;
  }
  return best;
}

function runOnce(points: Matrix, seeds: Seeds, clusters: number, random: RandomState, maxIterations: number): KMeans {
  let { centers } = spreadCenters(seeds.points, seeds.distances, clusters, random);
  let assigned = assignClusters(points, centers, seeds);
  for (let iteration = 0; iteration < maxIterations; iteration++) {
    centers = centersOf(points, clusters, assigned);
    const next = assignClusters(points, centers, seeds);
    const settled = next.labels.every((label, i) => label === assigned.labels[i]);
    assigned = next;
    if (settled) break;
  }
  const inertia = assigned.squaredDistances.reduce((sum, distance) => sum + distance, 0);
  return { centers, labels: assigned.labels, inertia };
}

function centersOf(
  points: Matrix,
  clusters: number,
  assigned: { labels: Int32Array; squaredDistances: Float64Array },
): Matrix & { data: Float64Array } {
  const { data, rows, cols } = points;
  const centers = new Float64Array(clusters * cols);
  const counts = new Float64Array(clusters);
  for (let i = 0; i < rows; i++) {
    const offset = assigned.labels[i] * cols;
    counts[assigned.labels[i]]++;
    for (let j = 0; j < cols; j++) centers[offset + j] += data[i * cols + j];
  }
  const farthest = assigned.squaredDistances.slice();
  for (let c = 0; c < clusters; c++) {
    if (counts[c] === 0) {
      const row = farthest.indexOf(farthest.reduce((largest, distance) => Math.max(largest, distance), -1));
      farthest[row] = -1;
      centers.set(data.subarray(row * cols, (row + 1) * cols), c * cols);
    } else {
      for (let j = 0; j < cols; j++) centers[c * cols + j] /= counts[c];
    }
  }
  return { data: centers, rows: clusters, cols };
}
