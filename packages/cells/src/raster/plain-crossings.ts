import type { Raster } from './raster.js';

/** What pixel sides do at each grey level of 0 to 256: rises at the lowest that they cross, falls behind the highest. */
export interface LevelCrossings {
  readonly slopes: Float64Array;
  readonly lengths: Float64Array;
}

/** What `levelCrossings` does without WebAssembly; the same bits. */
export function plainCrossings({ data, width, height }: Raster): LevelCrossings {
  const slopes = new Float64Array(257);
  const lengths = new Float64Array(257);
  const note = (from: number, to: number, slope: number): void => {
    if (from === to) return;
    const [low, high] = from < to ? [from, to] : [to, from];
    slopes[low]! += slope;
    slopes[high]! -= slope;
    lengths[low]!++;
    lengths[high]!--;
  };
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0, i = y * width; x + 1 < width; x++, i++) {
      const across = data[i + 1]! - data[i]!;
      const down = data[i + width]! - data[i]!;
      const slope = Math.sqrt(across * across + down * down);
      const level = levelOf(data[i]!);
      note(level, levelOf(data[i + 1]!), slope);
      note(level, levelOf(data[i + width]!), slope);
    }
  }
  return { slopes, lengths };
}

/** The least whole level above or at a value, 0 to 256. */
function levelOf(value: number): number {
  return Math.min(Math.max(Math.ceil(value), 0), 256);
}
