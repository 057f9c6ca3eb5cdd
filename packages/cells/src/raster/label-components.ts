import type { LabelMap, Mask } from './raster.js';

/** How pixels hang together. */
export interface LabelOptions {
  /** 4: sides; 8: corners too, the default. */
  readonly connectivity?: 4 | 8;
}

/**
 * Labels the connected components of a mask, numbered by their first pixel in reading order: one pass over the pixels for
 * the runs of each row, with a union-find that joins them to the runs of the row above (Rosenfeld and Pfaltz 1966), and
 * one that fills the runs.
 * @example labelComponents({ data: Uint8Array.of(1, 0, 1), width: 3, height: 1 }).count // => 2
 */
export function labelComponents(mask: Mask, { connectivity = 8 }: LabelOptions = {}): LabelMap {
  const { width, height } = mask;
  const { starts, ends, rows } = findRuns(mask);
  const parents = joinRuns(starts, ends, rows, connectivity === 8 ? 1 : 0);
  const labels = new Int32Array(width * height);
  let count = 0;
  // A run's parent comes before it and has its number already; its own place then holds the number.
  for (let run = 0; run < parents.length; run++) {
    const parent = parents[run]!;
    parents[run] = parent === run ? ++count : parents[parent]!;
  }
  for (let y = 0; y < height; y++) {
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      labels.fill(parents[run]!, y * width + starts[run]!, y * width + ends[run]!);
    }
  }
  return { data: labels, width, height, count };
}

/** Runs of a mask in reading order; those of row y are rows[y] to rows[y + 1]. Ends are the first column behind. */
interface Runs {
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly rows: Int32Array;
}

function findRuns({ data, width, height }: Mask): Runs {
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

/**
 * The first run, in reading order, that each run hangs together with as far as was seen.
 * @param corner how far beyond its ends a run touches one above
 */
function joinRuns(starts: Int32Array, ends: Int32Array, rows: Int32Array, corner: number): Int32Array {
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
        const a = rootOf(parents, other);
        const b = rootOf(parents, run);
        if (a < b) parents[b] = a;
        else parents[a] = b;
      }
    }
  }
  return parents;
}

function rootOf(parents: Int32Array, run: number): number {
  while (parents[run] !== run) run = parents[run] = parents[parents[run]!]!;
  return run;
}
