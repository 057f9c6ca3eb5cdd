import { rasterKernels } from '../kernels/raster-kernels.js';
import { labelRunsByKernel } from '../kernels/runs-kernel.js';
import { plainLabelRuns } from './plain-label-runs.js';
import type { Mask, Raster } from './raster.js';

/** Runs of pixels of one value in reading order; those of row y are rows[y] to rows[y + 1]. */
export interface PixelRuns {
  readonly starts: Int32Array;
  /** The first column behind each run. */
  readonly ends: Int32Array;
  readonly rows: Int32Array;
  /** The label of each run; none in a mask. */
  readonly labels?: Int32Array;
}

/** The runs of a mask. */
export function maskRuns({ data, width, height }: Mask): PixelRuns {
  const starts = new Int32Array(((width + 1) >> 1) * height);
  const ends = new Int32Array(starts.length);
  const rows = new Int32Array(height + 1);
  let runs = 0;
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      if (data[row + x] === 0) continue;
      starts[runs] = x;
      do x++;
      while (x < width && data[row + x] !== 0);
      ends[runs++] = x;
    }
    rows[y + 1] = runs;
  }
  return { starts: starts.subarray(0, runs), ends: ends.subarray(0, runs), rows };
}

/** The runs of equal labels other than 0. */
export function labelRuns(labels: Raster<Int32Array>): PixelRuns {
  const kernels = rasterKernels(labels.data.length);
  return kernels ? labelRunsByKernel(kernels, labels) : plainLabelRuns(labels);
}

/**
 * Joins runs of one label that touch: a union-find over the runs of each row and the one above (Rosenfeld and Pfaltz 1966).
 * @returns the number of each run's component, from 1 by the first run in reading order, and how many there are
 */
export function joinRuns(
  { starts, ends, rows, labels }: PixelRuns,
  connectivity: 4 | 8,
): { components: Int32Array; count: number } {
  const corner = connectivity === 8 ? 1 : 0;
  const parents = new Int32Array(starts.length);
  for (let y = 0; y + 1 < rows.length; y++) {
    let above = y > 0 ? rows[y - 1]! : 0;
    const aboveEnd = y > 0 ? rows[y]! : 0;
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      parents[run] = run;
      const from = starts[run]! - corner;
      const to = ends[run]! + corner;
      while (above < aboveEnd && ends[above]! <= from) above++;
      for (let other = above; other < aboveEnd && starts[other]! < to; other++) {
        if (labels && labels[other] !== labels[run]) continue;
        const a = rootOf(parents, other);
        const b = rootOf(parents, run);
        if (a < b) parents[b] = a;
        else parents[a] = b;
      }
    }
  }
  // A run's parent comes before it and has its number already; its own place then holds the number.
  let count = 0;
  for (let run = 0; run < parents.length; run++) {
    const parent = parents[run]!;
    parents[run] = parent === run ? ++count : parents[parent]!;
  }
  return { components: parents, count };
}

function rootOf(parents: Int32Array, run: number): number {
  while (parents[run] !== run) run = parents[run] = parents[parents[run]!]!;
  return run;
}
