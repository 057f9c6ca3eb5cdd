import type { RegionBorder } from './region-borders.js';

/** What two regions share, or one region with all others. */
export interface PooledBorder {
  readonly length: number;
  readonly sum: number;
}

/** One step of a merging. */
export interface Merge {
  /** The label that stands for both from now on, and the one that is no more. */
  readonly kept: number;
  readonly gone: number;
  /** Mean evidence along the border that fell. */
  readonly strength: number;
  /** The borders of both together, by the label on the other side. */
  readonly borders: ReadonlyMap<number, PooledBorder>;
}

/**
 * Merges neighbouring regions, the weakest border first, as long as the mean evidence along their whole border is below a
 * threshold. Borders of merged regions are pooled.
 * @param borders each pair once, as `regionBorders` finds them
 * @param onMerge told of each step, in order
 */
export function mergeWeakest(
  found: readonly RegionBorder[],
  count: number,
  threshold: number,
  onMerge: (merge: Merge) => void,
): void {
  const borders: Map<number, PooledBorder>[] = Array.from({ length: count + 1 }, () => new Map());
  const queue = new BorderQueue();
  for (const { a, b, length, sum } of found) {
    const border = { length, sum };
    borders[a]!.set(b, border);
    borders[b]!.set(a, border);
    if (sum < threshold * length) queue.push({ strength: sum / length, a, b, border });
  }
  for (let weakest = queue.pop(); weakest; weakest = queue.pop()) {
    const { a, b, border, strength } = weakest;
    // A border that has been pooled since is in the queue anew.
    if (borders[a]!.get(b) !== border) continue;
    const [kept, gone] = borders[a]!.size >= borders[b]!.size ? [a, b] : [b, a];
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
    onMerge({ kept, gone, strength, borders: borders[kept]! });
  }
}

interface Candidate {
  readonly strength: number;
  readonly a: number;
  readonly b: number;
  readonly border: PooledBorder;
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
