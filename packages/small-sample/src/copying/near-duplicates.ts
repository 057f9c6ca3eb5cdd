import { nearestNeighbours, type Matrix } from '@plateau/numerics';

/** Two samples of one set that are the same image, or nearly. */
export interface DuplicatePair {
  readonly first: number;
  readonly second: number;
  readonly distance: number;
  /** File names, where they were given. */
  readonly names?: readonly [string, string];
}

/** Near-duplicates of a generated set. */
export interface Duplicates {
  readonly pairs: readonly DuplicatePair[];
  /** Distance up to which a pair counts. */
  readonly threshold: number;
  /** n²/(2·pairs) distinct images (Arora & Zhang 2018), or Infinity without a pair. */
  readonly supportSize: number;
}

/** Share of the reference's typical nearest-neighbour distance below which two samples are near-duplicates. */
const NEAR = 0.1;

/**
 * Pairs of generated samples much closer than reference samples are to each other, and the birthday estimate of how many
 * distinct images the generator can make (Arora & Zhang 2018). Each sample is paired with its nearest one only.
 * @param options.names file names of the generated samples
 * @throws RangeError when a set has fewer than 2 samples or there are not as many names as samples
 * @example nearDuplicates(x, matrix([[0], [0], [9]])).pairs.length // => 1
 */
export function nearDuplicates(
  reference: Matrix,
  generated: Matrix,
  options: { readonly names?: readonly string[] } = {},
): Duplicates {
  const { names } = options;
  if (names && names.length !== generated.rows) {
    throw new RangeError(`${generated.rows} generated samples need as many names, got ${names.length}`);
  }
  const typical = median(nearestNeighbours(reference, { k: 1 }).squaredDistances);
  const threshold = NEAR * Math.sqrt(typical);
  const { indices, squaredDistances } = nearestNeighbours(generated, { k: 1 });
  const pairs: DuplicatePair[] = [];
  indices.forEach((second, first) => {
    const mutual = indices[second] === first;
    const distance = Math.sqrt(squaredDistances[first]);
    if (distance > threshold || (mutual && second < first)) return;
    pairs.push({ first, second, distance, ...(names ? { names: [names[first], names[second]] } : {}) });
  });
  pairs.sort((a, b) => a.distance - b.distance);
  const supportSize = pairs.length === 0 ? Infinity : generated.rows ** 2 / (2 * pairs.length);
  return { pairs, threshold, supportSize };
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort();
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
