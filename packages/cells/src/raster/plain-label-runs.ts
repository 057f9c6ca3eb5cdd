import type { PixelRuns } from './pixel-runs.js';
import type { Raster } from './raster.js';

/** What `labelRuns` does without WebAssembly. */
export function plainLabelRuns({ data, width, height }: Raster<Int32Array>): PixelRuns {
  const starts = new Int32Array(width * height);
  const ends = new Int32Array(width * height);
  const labels = new Int32Array(width * height);
  const rows = new Int32Array(height + 1);
  let runs = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width;) {
      const label = data[row + x]!;
      const start = x;
      do x++;
      while (x < width && data[row + x] === label);
      if (label === 0) continue;
      starts[runs] = start;
      labels[runs] = label;
      ends[runs++] = x;
    }
    rows[y + 1] = runs;
  }
  return { starts: starts.subarray(0, runs), ends: ends.subarray(0, runs), labels: labels.subarray(0, runs), rows };
}
