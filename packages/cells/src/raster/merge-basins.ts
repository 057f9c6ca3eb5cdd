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
  const borders: Map<number, Border>[] = Array.from({ length: count + 1 }, () => new Map());
  const queue = new BorderQueue();
  for (const { a, b, length, sum } of regionBorders(basins, evidence)) {
    const border = { length, sum };
    borders[a]!.set(b, border);
    borders[b]!.set(a, border);
    if (sum < threshold * length) queue.push({ strength: sum / length, a, b, border });
  }
  const parents = Int32Array.from({ length: count + 1 }, (_, label) => label);
  for (let weakest = queue.pop(); weakest; weakest = queue.pop()) {
    const { a, b, border } = weakest;
    // A border that has been pooled since is in the queue anew.
    if (borders[a]!.get(b) !== border) continue;
    const [kept, gone] = borders[a]!.size >= borders[b]!.size ? [a, b] : [b, a];
    parents[gone] = kept;
    borders[kept]!.delete(gone);
    for (const [other, far] of borders[gone]!) {
      if (other === kept) continue;
      borders[other]!.delete(gone);
      const own = borders[kept]!.get(other);
      const pooled = { length: far.length + (own?.length ?? 0), sum: far.sum + (own?.sum ?? 0) };
      borders[kept]!.set(other, pooled);
      borders[other]!.set(kept, pooled);
      if (pooled.sum < threshold * pooled.length) {
        queue.push({ strength: pooled.sum / pooled.length, a: kept, b: other, border: pooled });
      }
    }
    borders[gone]!.clear();
  }
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

interface Border {
  readonly length: number;
  readonly sum: number;
}

interface Candidate {
  readonly strength: number;
  readonly a: number;
  readonly b: number;
  readonly border: Border;
}

/** A binary heap, the weakest on top. */
class BorderQueue {
  readonly #heap: Candidate[] = [];

  push(candidate: Candidate): void {
    const heap = this.#heap;
    let i = heap.length;
    heap.push(candidate);
    while (i > 0) {
      const above = (i - 1) >> 1;
      if (heap[above]!.strength <= candidate.strength) break;
      heap[i] = heap[above]!;
      i = above;
    }
    heap[i] = candidate;
  }

  pop(): Candidate | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return top;
    let i = 0;
    for (let below = 1; below < heap.length; below = 2 * i + 1) {
      if (below + 1 < heap.length && heap[below + 1]!.strength < heap[below]!.strength) below++;
      if (last.strength <= heap[below]!.strength) break;
      heap[i] = heap[below]!;
      i = below;
    }
    heap[i] = last;
    return top;
  }
}
