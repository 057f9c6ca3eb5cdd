import type { Matrix } from '../matrix.js';
import type { RandomState } from '../random/random-state.js';
import { assignClusters } from './assign-clusters.js';
import { drawSeeds, type Seeds } from './seeds.js';
import { selectRows } from '../select-rows.js';
import { spreadCenters } from './spread-centers.js';

/** Settings of `miniBatchKMeans`. */
export interface MiniBatchKMeansOptions {
  readonly clusters: number;
  readonly random: RandomState;
  /** Starts, of which the tightest is refined; default 10. */
  readonly starts?: number;
  /** Rows drawn for a step; default 1024, at most n. */
  readonly batchSize?: number;
}

/** Passes over the data that the steps amount to at most. */
const MAX_PASSES = 100;
/** Steps without a smaller smoothed sum of squared distances after which the iteration stops. */
const PATIENCE = 10;
/** A cluster with less than this share of the largest one's rows starts again from a row of the batch. */
const SMALLEST_SHARE = 0.01;

/**
 * Partitions rows by mini-batch k-means (Sculley 2010), with the stopping rule and the restarts of scikit-learn's
 * `MiniBatchKMeans`: each centre is the mean of all rows ever drawn for it. Coarser than `kMeans`, and what the
 * reference implementations of some metrics rest on.
 * @param points n×d
 * @param seeds what several clusterings of the same points share, from `drawSeeds`
 * @returns the cluster of each row
 * @throws RangeError unless 1 ≤ clusters ≤ n
 */
export function miniBatchKMeans(
  points: Matrix,
  options: MiniBatchKMeansOptions,
  seeds: Seeds = drawSeeds(points, options.random),
): Int32Array {
  const { clusters, random, starts = 10 } = options;
  if (!Number.isInteger(clusters) || clusters < 1 || clusters > points.rows) {
    throw new RangeError(`${points.rows} rows can form 1 to ${points.rows} clusters, got ${clusters}`);
  }
  const { rows: n } = points;
  const batchSize = Math.min(options.batchSize ?? 1024, n);
  const centers = tightestStart(points, seeds, clusters, starts, random);
  const counts = new Float64Array(clusters);
  const steps = Math.floor((MAX_PASSES * n) / batchSize);
  // A batch of less than half of the rows says little alone: smoothed as if a pass over them were averaged.
  const weight = Math.min(1, (2 * batchSize) / (n + 1));
  let [smoothed, least, stalled] = [NaN, Infinity, 0];
  for (let step = 0; step < steps && stalled < PATIENCE; step++) {
    const batch = draw(n, batchSize, random);
    const { labels, squaredDistances } = assignRows(points, batch, centers, seeds);
    updateCenters(points, batch, labels, centers.data, counts);
    restartSmall(points, batch, centers.data, counts, random);
    if (step === 0) continue;
    const inertia = sum(squaredDistances);
    smoothed = step === 1 ? inertia : (1 - weight) * smoothed + weight * inertia;
    stalled = smoothed < least ? 0 : stalled + 1;
    least = Math.min(least, smoothed);
  }
  return assignClusters(points, centers, seeds).labels;
}

function tightestStart(
  points: Matrix,
  seeds: Seeds,
  clusters: number,
  starts: number,
  random: RandomState,
): Matrix & { readonly data: Float64Array } {
  const judged = draw(points.rows, Math.min(points.rows, seeds.points.rows), random);
  const candidates = Array.from({ length: starts }, () => {
    const { centers, nearest } = spreadCenters(seeds.points, seeds.distances, clusters, random);
    const distances =
      seeds.points === points
        ? Float64Array.from(judged, (row) => nearest[row])
        : assignRows(points, judged, centers, seeds).squaredDistances;
    return { centers, inertia: sum(distances) };
  });
  return candidates.reduce((best, candidate) => (candidate.inertia < best.inertia ? candidate : best)).centers;
}

/** Numbers of rows, drawn with repetition. */
function draw(rows: number, count: number, random: RandomState): Int32Array {
  return Int32Array.from({ length: count }, () => random.randint(rows));
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

/** The cluster of each drawn row; one that was drawn twice is measured once. */
function assignRows(
  points: Matrix,
  drawn: Int32Array,
  centers: Matrix,
  { center, squaredNorms }: Seeds,
): { readonly labels: Int32Array; readonly squaredDistances: Float64Array } {
  const distinct = [...new Set(drawn)];
  const placeOf = new Map(distinct.map((row, place) => [row, place]));
  const norms = Float64Array.from(distinct, (row) => squaredNorms[row]);
  const assigned = assignClusters(selectRows(points, distinct), centers, { center, squaredNorms: norms });
  const places = drawn.map((row) => placeOf.get(row)!);
  return {
    labels: places.map((place) => assigned.labels[place]),
    squaredDistances: Float64Array.from(places, (place) => assigned.squaredDistances[place]),
  };
}

function updateCenters(
  { data, cols }: Matrix,
  drawn: Int32Array,
  labels: Int32Array,
  centers: Float64Array,
  counts: Float64Array,
): void {
  for (let i = 0; i < drawn.length; i++) {
    const count = ++counts[labels[i]];
    const offset = labels[i] * cols;
    const row = drawn[i] * cols;
    for (let j = 0; j < cols; j++) centers[offset + j] += (data[row + j] - centers[offset + j]) / count;
  }
}

function restartSmall(
  { data, cols }: Matrix,
  drawn: Int32Array,
  centers: Float64Array,
  counts: Float64Array,
  random: RandomState,
): void {
  const threshold = SMALLEST_SHARE * counts.reduce((most, count) => Math.max(most, count), 0);
  const small = [...counts.keys()].filter((cluster) => counts[cluster] < threshold);
  if (small.length === 0) return;
  const restarted = counts.reduce((least, count) => (count >= threshold ? Math.min(least, count) : least), Infinity);
  const places = random.choice(drawn.length, Math.min(small.length, drawn.length));
  small.slice(0, places.length).forEach((cluster, index) => {
    const row = drawn[places[index]];
    centers.set(data.subarray(row * cols, (row + 1) * cols), cluster * cols);
    counts[cluster] = restarted;
  });
}
