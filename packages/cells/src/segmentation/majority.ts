import type { LabelMap } from '../raster/raster.js';

/**
 * What most of the 3×3 pixels around each say (a median filter): noise pricks an outline from both sides, and taking only
 * one side's pricks off would move it. Pixels of other territories count as wall; the image's outermost stay as they are.
 * @param cell 1 where a territory shows its cell
 * @param steps whole steps from the outline that `cell` was drawn near to: more than four away nothing is looked at
 */
export function majority({ data, width, height }: LabelMap, cell: Uint8Array, steps: Int8Array): Uint8Array {
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1];
  const result = cell.slice();
  for (let y = 1; y + 1 < height; y++) {
    for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
      if (steps[i]! > 4 || steps[i]! < -4) continue;
      const own = data[i];
      let votes = cell[i]!;
      for (let k = 0; k < 8; k++) {
        const j = i + around[k]!;
        votes += cell[j]! & Number(data[j] === own);
      }
      result[i] = Number(votes >= 5);
    }
  }
  return result;
}
