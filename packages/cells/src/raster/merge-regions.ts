import { mergeWeakest } from './merge-weakest.js';
import { sharedRidges } from './region-adjacency.js';
import type { LabelMap, Raster } from './raster.js';

/** When two regions are one. */
export interface MergeOptions {
  /** Regions are merged while the mean evidence on their shared ridge is below this. */
  readonly threshold: number;
}

/**
 * Undoes over-segmentation: merges regions, the weakest shared ridge first, as long as the evidence for a wall along the
 * whole shared ridge stays below a threshold. Ridges of merged regions are pooled, so that a weak gap in a long wall does
 * not let two cells run together. Ridge pixels inside a merged region become part of it.
 * @returns labels numbered anew
 */
export function mergeRegions(
  labels: LabelMap,
  evidence: Raster<ArrayLike<number>>,
  { threshold }: MergeOptions,
): LabelMap {
  const parents = Int32Array.from({ length: labels.count + 1 }, (_, label) => label);
  const find = (label: number): number => {
    while (parents[label] !== label) label = parents[label] = parents[parents[label]!]!;
    return label;
  };
  const ridges = sharedRidges(labels, evidence).map((ridge) => ({ ...ridge, sum: ridge.length * ridge.evidence }));
  mergeWeakest(ridges, labels.count, threshold, ({ kept, gone }) => {
    parents[gone] = kept;
  });
  return relabel(labels, find);
}

/** Gives each pixel its region's representative, fills ridges inside one region, and numbers regions anew. */
function relabel({ data, width, height, count }: LabelMap, find: (label: number) => number): LabelMap {
  const numbers = new Int32Array(count + 1);
  let next = 0;
  const number = (label: number): number => {
    const root = find(label);
    if (numbers[root] === 0) numbers[root] = ++next;
    numbers[label] = numbers[root]!;
    return numbers[label]!;
  };
  const merged = new Int32Array(data.length);
  for (let i = 0; i < merged.length; i++) {
    const label = data[i]!;
    if (label !== 0) merged[i] = numbers[label] === 0 ? number(label) : numbers[label]!;
  }
  const result = merged.slice();
  const around = Int32Array.of(-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (data[i] !== 0) continue;
      let label = 0;
      let isInside = true;
      let before = 0;
      for (let k = 0; k < 8; k++) {
        const n = i + around[k]!;
        if (merged[n] === 0) continue;
        if (label === 0) label = merged[n]!;
        else if (label !== merged[n]) isInside = false;
        if (before === 0) before = data[n]!;
        else if (before !== data[n]) before = -1;
      }
      // Pixels beside a single region were no ridge between two.
      if (isInside && before === -1) result[i] = label;
    }
  }
  return { data: result, width, height, count: next };
}
