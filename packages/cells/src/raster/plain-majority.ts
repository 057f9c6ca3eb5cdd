import type { LabelMap } from './raster.js';

/** What `majority` does without WebAssembly. */
export function plainMajority({ data, width, height }: LabelMap, cell: Uint8Array, steps: Int8Array): Uint8Array {
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
