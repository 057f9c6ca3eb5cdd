import { mergeWeakest } from './merge-weakest.js';
import { regionBorders } from './region-borders.js';
import type { LabelMap, Raster } from './raster.js';

/**
 * Merges neighbouring basins, the weakest border first, as long as the mean evidence for a wall along their whole border
 * is below a threshold. Borders of merged basins are pooled, so that a gap in a long wall does not join two cells.
 * @param evidence of a wall; a border's is that of the greater of both pixels at each pixel side, cut off to 0 to 1
 * @returns basins numbered anew
 * @throws RangeError when sizes differ
 */
export function mergeBasins(basins: LabelMap, evidence: Raster, threshold: number): LabelMap {
  const { data, width, height, count } = basins;
  const parents = Int32Array.from({ length: count + 1 }, (_, label) => label);
  mergeWeakest(regionBorders(basins, evidence), count, threshold, ({ kept, gone }) => {
    parents[gone] = kept;
  });
  const numbers = new Int32Array(count + 1);
  let next = 0;
  for (let label = 1; label <= count; label++) if (parents[label] === label) numbers[label] = ++next;
  for (let label = 1; label <= count; label++) {
    let root = label;
    while (parents[root] !== root) root = parents[root]!;
    numbers[label] = numbers[root]!;
  }
  const merged = new Int32Array(data.length);
  for (let i = 0; i < merged.length; i++) merged[i] = numbers[data[i]!]!;
  return { data: merged, width, height, count: next };
}
