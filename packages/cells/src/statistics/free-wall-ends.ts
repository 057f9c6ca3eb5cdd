import { skeletonize } from '../raster/skeletonize.js';
import type { Mask } from '../raster/raster.js';

/** What counts as a free end; lengths in pixels. */
export interface FreeEndOptions {
  /** Shorter branches are the roughness of a wall; 5 by default. */
  readonly leastLength?: number;
  /** A gap to the next wall up to this is a crack, not the end of a wall; 0 by default. */
  readonly leastGap?: number;
}

/**
 * Counts walls that end in the open: ends of the walls' skeleton at the tip of a branch, away from other walls. Ends within
 * two pixels of the border are cut walls, not free ones. Walls go on straight beyond the border, or the skeletons of those
 * that the border cuts would end before it.
 */
export function countFreeWallEnds(walls: Mask, { leastLength = 5, leastGap = 0 }: FreeEndOptions = {}): number {
  const margin = Math.ceil(leastLength);
  const frame = margin + 2;
  const { data, width, height } = skeletonize(continued(walls, margin));
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  let ends = 0;
  for (let y = frame; y < height - frame; y++) {
    for (let i = y * width + frame; i < (y + 1) * width - frame; i++) {
      if (data[i] === 0) continue;
      let neighbours = 0;
      for (let k = 0; k < 8; k++) neighbours += data[i + around[k]!]!;
      if (neighbours === 1 && branchLength(i) >= leastLength && !isNearAnother(i)) ends++;
    }
  }
  return ends;

  function branchLength(end: number): number {
    const visited = new Set([end]);
    let at = end;
    for (let length = 1; length < leastLength; length++) {
      const onward = around.map((step) => at + step).filter((j) => data[j] && !visited.has(j));
      if (onward.length !== 1) return length;
      at = onward[0]!;
      visited.add(at);
      if (isAtBorder(at)) return length;
    }
    return leastLength;
  }

  /** Whether a wall lies within the gap that is not this end's own, along the skeleton up to three gaps away. */
  function isNearAnother(end: number): boolean {
    const own = new Set([end]);
    let front = [end];
    for (let length = 1; length <= 3 * leastGap && front.length > 0; length++) {
      const next: number[] = [];
      for (const at of front) {
        if (isAtBorder(at)) continue;
        for (const step of around) {
          const j = at + step;
          if (!data[j] || own.has(j)) continue;
          own.add(j);
          next.push(j);
        }
      }
      front = next;
    }
    const [x, y] = [end % width, Math.floor(end / width)];
    for (let v = Math.max(0, y - leastGap); v <= Math.min(height - 1, y + leastGap); v++) {
      for (let u = Math.max(0, x - leastGap); u <= Math.min(width - 1, x + leastGap); u++) {
        const j = v * width + u;
        if (data[j] && !own.has(j) && Math.hypot(u - x, v - y) <= leastGap) return true;
      }
    }
    return false;
  }

  function isAtBorder(i: number): boolean {
    const column = i % width;
    return column < frame || column >= width - frame || i < frame * width || i >= (height - frame) * width;
  }
}

/** The mask with its outermost pixels repeated. */
function continued({ data, width, height }: Mask, margin: number): Mask {
  const [w, h] = [width + 2 * margin, height + 2 * margin];
  const result = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const row = Math.min(Math.max(y - margin, 0), height - 1) * width;
    const start = y * w + margin;
    result.set(data.subarray(row, row + width), start);
    result.fill(data[row]!, y * w, start);
    result.fill(data[row + width - 1]!, start + width, (y + 1) * w);
  }
  return { data: result, width: w, height: h };
}
