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
  const rows = new Float64Array(Math.max(width, height) + 1);
  const columns = new Float64Array(rows.length);
  countRowRuns(labels, rows);
  countColumnRuns(labels, columns);
  const [along, down] = [totalOf(rows), totalOf(columns)];
  return {
    horizontal: along.sum / along.n,
    vertical: down.sum / down.n,
    mean: (along.sum + down.sum) / (along.n + down.n),
    histogram: rows.map((n, length) => n + columns[length]!),
  };
}

function countRowRuns({ data, width, height }: LabelMap, histogram: Float64Array): void {
  for (let row = 0; row < width * height; row += width) {
    let start = 0;
    for (let x = 1; x < width; x++) {
      const label = data[row + x - 1]!;
      if (data[row + x] === label) continue;
      if (label !== 0 && start > 0) histogram[x - start]!++;
      start = x;
    }
  }
}

/** Row by row too, with the start of the run that each column is in: memory is read in order. */
function countColumnRuns({ data, width, height }: LabelMap, histogram: Float64Array): void {
  const starts = new Int32Array(width);
  for (let y = 1, i = width; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const label = data[i - width]!;
      if (data[i] === label) continue;
      if (label !== 0 && starts[x]! > 0) histogram[y - starts[x]!]!++;
      starts[x] = y;
    }
  }
}

function totalOf(histogram: Float64Array): { sum: number; n: number } {
  let sum = 0;
  let n = 0;
  for (let length = 0; length < histogram.length; length++) {
    sum += length * histogram[length]!;
    n += histogram[length]!;
  }
  return { sum, n };
}
