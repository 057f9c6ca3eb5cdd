import {
  selectRows,
  assignClusters,
  kMeans,
  nearestNeighbours,
  principalComponents,
  project,
  RandomState,
  type Matrix,
} from '@plateau/numerics';
import { checkFeatures, checkPair } from './check-features.js';
import { checkInteger } from './check-options.js';
import { splitInHalves } from './rows.js';

/** Settings of `dataCopyingTest`. */
export interface DataCopyingOptions {
  /** Samples of the reference distribution that were not trained on; default a random half of the reference. */
  readonly heldOut?: Matrix;
  /** Cells into which the space is divided; default 3. */
  readonly cells?: number;
  /** Principal components that features are reduced to; default 64. */
  readonly components?: number;
  /** Seed of the split and of the cells; default 2020. */
  readonly seed?: number;
}

/** A data-copying statistic. */
export interface DataCopyingTest {
  /** C_T: ≪ 0 where generated samples lie closer to the training samples than held-out ones do. */
  readonly value: number;
  readonly warnings: readonly string[];
}

/** A cell with no more generated samples than this is left out. */
const FEWEST_IN_CELL = 20;
/** Clusterings tried, of which the tightest is kept. */
const STARTS = 10;

/**
 * Data-copying test C_T (Meehan, Chaudhuri & Dasgupta 2020): in each cell of a k-means partition of the training samples,
 * the z-scored Mann–Whitney statistic of generated against held-out samples' distances to the nearest training sample,
 * averaged over cells by their share of held-out samples. A z-score: about 0 is best, below −3 copies, above 3 misses.
 *
 * The two-sample form halves the reference, so that the generator has trained on held-out samples too: give `heldOut` where
 * there is any.
 * @param reference l×d features of the training set
 * @param generated m×d features, m > 20
 * @throws RangeError when a cell has no held-out sample or no cell has more than 20 generated ones, the widths differ, an
 * element is NaN or Inf or an option is not an integer of its range
 */
export function dataCopyingTest(
  reference: Matrix,
  generated: Matrix,
  options: DataCopyingOptions = {},
): DataCopyingTest {
  const { cells = 3, components = 64, seed = 2020 } = options;
  checkInteger('cells', cells, 1);
  checkInteger('components', components, 1);
  checkPair(reference, generated, 4);
  const random = new RandomState(seed);
  const [training, heldOut] = options.heldOut ? [reference, options.heldOut] : splitInHalves(reference, random);
  checkFeatures(heldOut, 'held-out', 1);
  if (heldOut.cols !== reference.cols) {
    throw new RangeError(`held-out features have ${heldOut.cols} columns, the reference ${reference.cols}`);
  }
  const [t, p, q] = reduce([training, heldOut, generated], components);
  const partition = kMeans(t, { clusters: cells, random, starts: STARTS });
  const labels = { p: assignClusters(p, partition.centers).labels, q: assignClusters(q, partition.centers).labels };
  let weighted = 0;
  let weight = 0;
  for (let cell = 0; cell < cells; cell++) {
    const inCell = (points: Matrix, cellOf: Int32Array) => selectRows(points, indicesOf(cellOf, cell));
    const generatedInCell = inCell(q, labels.q);
    if (generatedInCell.rows <= FEWEST_IN_CELL) continue;
    const heldOutInCell = inCell(p, labels.p);
    if (heldOutInCell.rows === 0) {
      throw new RangeError(`cell ${cell} of ${cells} has no held-out sample: lower cells or add images`);
    }
    const trainingInCell = inCell(t, partition.labels);
    const share = heldOutInCell.rows / p.rows;
    weighted +=
      share * zScore(leastDistances(generatedInCell, trainingInCell), leastDistances(heldOutInCell, trainingInCell));
    weight += share;
  }
  if (weight === 0) {
    throw new RangeError(
      `no cell has more than ${FEWEST_IN_CELL} of the ${generated.rows} generated samples: add images or lower cells`,
    );
  }
  return {
    value: weighted / weight,
    warnings: options.heldOut
      ? []
      : ['no held-out samples were given: a random half of the reference stands in for them'],
  };
}

/** Coordinates along the training set's principal components, where there are fewer of them than features. */
function reduce(sets: readonly Matrix[], components: number): readonly Matrix[] {
  const [training] = sets;
  if (training.cols <= components) return sets;
  const basis = principalComponents(training, Math.min(components, training.rows - 1));
  return sets.map((set) => project(set, basis));
}

function indicesOf(labels: Int32Array, cell: number): number[] {
  const indices: number[] = [];
  labels.forEach((label, i) => {
    if (label === cell) indices.push(i);
  });
  return indices;
}

function leastDistances(points: Matrix, training: Matrix): Float64Array {
  return nearestNeighbours(points, training, { k: 1 }).squaredDistances;
}

/** The Mann–Whitney U of x against y (pairs with x > y, ties half), standardised with continuity correction. */
function zScore(x: Float64Array, y: Float64Array): number {
  const sorted = y.slice().sort();
  const u = x.reduce((sum, value) => sum + (lowerBound(sorted, value) + upperBound(sorted, value)) / 2, 0);
  const [m, n] = [x.length, y.length];
  return (u - ((n * m) / 2 - 0.5)) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

/** How many elements lie below the value. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many elements do not exceed the value. */
function upperBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
