import { joinRuns, maskRuns } from './pixel-runs.js';
import type { LabelMap, Mask } from './raster.js';

/** How pixels hang together. */
export interface LabelOptions {
  /** 4: sides; 8: corners too, the default. */
  readonly connectivity?: 4 | 8;
}

/**
 * Labels the connected components of a mask, numbered by their first pixel in reading order.
 * @example labelComponents({ data: Uint8Array.of(1, 0, 1), width: 3, height: 1 }).count // => 2
 */
export function labelComponents(mask: Mask, { connectivity = 8 }: LabelOptions = {}): LabelMap {
  const { width, height } = mask;
  const runs = maskRuns(mask);
  const { components, count } = joinRuns(runs, connectivity);
  const labels = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let run = runs.rows[y]!; run < runs.rows[y + 1]!; run++) {
      labels.fill(components[run]!, y * width + runs.starts[run]!, y * width + runs.ends[run]!);
    }
  }
  return { data: labels, width, height, count };
}
