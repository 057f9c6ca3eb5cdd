import { skeletonize } from '../raster/skeletonize.js';
import type { Mask } from '../raster/raster.js';

/**
 * Counts walls that end in the open: ends of the walls' skeleton whose branch is at least `leastLength` pixels long.
 * Shorter branches are the roughness of a wall. Ends within two pixels of the border are cut walls, not free ones.
 */
export function countFreeWallEnds(walls: Mask, leastLength: number): number {
  const { data, width, height } = skeletonize(walls);
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  let ends = 0;
  for (let y = 2; y < height - 2; y++) {
    for (let i = y * width + 2; i < (y + 1) * width - 2; i++) {
      if (data[i] === 0) continue;
      let neighbours = 0;
      for (let k = 0; k < 8; k++) neighbours += data[i + around[k]!]!;
      if (neighbours === 1 && branchLength(i) >= leastLength) ends++;
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
      const column = at % width;
      if (column < 2 || column > width - 3 || at < 2 * width || at >= (height - 2) * width) return length;
    }
    return leastLength;
  }
}
