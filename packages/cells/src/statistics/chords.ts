import type { LabelMap } from '../raster/raster.js';

/** Chord lengths through the cells. */
export interface Chords {
  /** Mean intercept along rows, columns and both, in pixels; chords that end at the image's border are left out. */
  readonly horizontal: number;
  readonly vertical: number;
  readonly mean: number;
  /** How many chords of each whole length there are, rows and columns together. */
  readonly histogram: Float64Array;
}

/** Measures the runs of one and the same cell along every row and every column. */
export function measureChords(labels: LabelMap): Chords {
  const { width, height } = labels;
  const histogram = new Float64Array(Math.max(width, height) + 1);
  const rows = runs(labels, width, height, 1, width, histogram);
  const columns = runs(labels, height, width, width, 1, histogram);
  return {
    horizontal: rows.sum / rows.n,
    vertical: columns.sum / columns.n,
    mean: (rows.sum + columns.sum) / (rows.n + columns.n),
    histogram,
  };
}

function runs(
  { data }: LabelMap,
  length: number,
  lines: number,
  step: number,
  stride: number,
  histogram: Float64Array,
): { sum: number; n: number } {
  let [sum, n] = [0, 0];
  for (let line = 0; line < lines; line++) {
    let start = 0;
    for (let k = 1; k <= length; k++) {
      const label = data[line * stride + start * step]!;
      if (k < length && data[line * stride + k * step] === label) continue;
      if (label !== 0 && start > 0 && k < length) {
        sum += k - start;
        n++;
        histogram[k - start]!++;
      }
      start = k;
    }
  }
  return { sum, n };
}
