import { sharedRidges } from './region-adjacency.js';
import type { LabelMap, Raster } from './raster.js';

/** When two regions are one. */
export interface MergeOptions {
  /** Regions are merged while the mean evidence on their shared ridge is below this. */
  readonly threshold: number;
  /** Shorter ridges say nothing: such pairs stay apart; 1 by default. */
  readonly leastLength?: number;
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
  { threshold, leastLength = 1 }: MergeOptions,
): LabelMap {
  const parents = Int32Array.from({ length: labels.count + 1 }, (_, label) => label);
  const find = (label: number): number => {
    while (parents[label] !== label) label = parents[label] = parents[parents[label]!]!;
    return label;
  };
  const borders: Map<number, { length: number; sum: number }>[] = Array.from(parents, () => new Map());
  for (const { a, b, length, evidence: mean } of sharedRidges(labels, evidence)) {
    const border = { length, sum: length * mean };
    borders[a]!.set(b, border);
    borders[b]!.set(a, border);
  }
  for (;;) {
    let weakest = threshold;
    let pair: [number, number] | undefined;
    for (let a = 1; a < borders.length; a++) {
      for (const [b, { length, sum }] of borders[a]!) {
        if (b > a && length >= leastLength && sum / length < weakest) {
          weakest = sum / length;
          pair = [a, b];
        }
      }
    }
    if (!pair) break;
    const [kept, gone] = pair;
    parents[find(gone)] = find(kept);
    for (const [other, border] of borders[gone]!) {
      borders[other]!.delete(gone);
      if (other === kept) continue;
      const own = borders[kept]!.get(other);
      const pooled = own ? { length: own.length + border.length, sum: own.sum + border.sum } : border;
      borders[kept]!.set(other, pooled);
      borders[other]!.set(kept, pooled);
    }
    borders[gone]!.clear();
  }
  return relabel(labels, find);
}

/** Gives each pixel its region's representative, fills ridges inside one region, and numbers regions anew. */
function relabel({ data, width, height, count }: LabelMap, find: (label: number) => number): LabelMap {
  const numbers = new Int32Array(count + 1);
  let next = 0;
  const number = (label: number): number => {
    const root = find(label);
    if (numbers[root] === 0) numbers[root] = ++next;
    return numbers[root]!;
  };
  const merged = data.map((label) => (label === 0 ? 0 : number(label)));
  const result = Int32Array.from(merged);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      if (data[i] !== 0) continue;
      let [label, isInside, before] = [0, true, 0];
      for (const n of [
        i - width - 1,
        i - width,
        i - width + 1,
        i - 1,
        i + 1,
        i + width - 1,
        i + width,
        i + width + 1,
      ]) {
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
