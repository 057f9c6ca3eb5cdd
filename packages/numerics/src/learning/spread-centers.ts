import type { Matrix } from '../matrix.js';
import type { RandomState } from '../random/random-state.js';

/**
 * Starting centres by greedy k-means++ (Arthur & Vassilvitskii 2007, §5): each is the best of 2 + ⌊log clusters⌋ rows
 * drawn with the probability of their squared distance to the centres so far, best meaning that it leaves the least sum
 * of those.
 * @param distances n×n squared distances between the points: starts over the same points share them
 * @returns the centres, and the squared distance from each point to the nearest of them
 */
export function spreadCenters(
  points: Matrix,
  distances: Matrix & { readonly data: Float64Array },
  clusters: number,
  random: RandomState,
): { readonly centers: Matrix & { readonly data: Float64Array }; readonly nearest: Float64Array } {
  const { data, rows, cols } = points;
  const row = (i: number): Float32Array | Float64Array => data.subarray(i * cols, (i + 1) * cols);
  const distancesFrom = (i: number): Float64Array => distances.data.slice(i * rows, (i + 1) * rows);
  const trials = 2 + Math.floor(Math.log(clusters));
  const first = random.randint(rows);
  const centers = new Float64Array(clusters * cols);
  centers.set(row(first));
  let nearest = distancesFrom(first);
  for (let c = 1; c < clusters; c++) {
    let best = { row: 0, nearest, sum: Infinity };
    for (let trial = 0; trial < trials; trial++) {
      const candidate = drawByWeight(nearest, random);
      const closer = distancesFrom(candidate);
      let sum = 0;
      for (let i = 0; i < rows; i++) {
        closer[i] = Math.min(closer[i], nearest[i]);
        sum += closer[i];
      }
      if (sum < best.sum) best = { row: candidate, nearest: closer, sum };
    }
    centers.set(row(best.row), c * cols);
    nearest = best.nearest;
  }
  return { centers: { data: centers, rows: clusters, cols }, nearest };
}

function drawByWeight(weights: Float64Array, random: RandomState): number {
  let left = random.random() * weights.reduce((sum, weight) => sum + weight, 0);
  let index = 0;
  while (index < weights.length - 1 && (left -= weights[index]) >= 0) index++;
  return index;
}
