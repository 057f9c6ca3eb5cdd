import { joinRuns, labelRuns, type PixelRuns } from '../raster/pixel-runs.js';
import type { LabelMap } from '../raster/raster.js';

/**
 * The largest piece (4-connected) of each territory's cell pixels, with the islands of wall that lie wholly in it: those
 * are what is seen in a cell, not walls of it. Other pieces become wall.
 * @param cell 1 where a territory shows its cell
 */
export function largestPieces(territories: LabelMap, cell: Uint8Array): LabelMap {
  const { data, width, height, count } = territories;
  const cells = new Int32Array(data.length);
  // All bits of a label where there is a cell, and none elsewhere: a branch per pixel would cost more.
  for (let i = 0; i < cells.length; i++) cells[i] = data[i]! & -cell[i]!;
  const outside = keepLargest(cells, width, height, count);
  fillIslands(cells, width, height, outside);
  return { data: cells, width, height, count };
}

/** @returns the runs of what is no cell then: the gaps between the pieces kept */
function keepLargest(cells: Int32Array, width: number, height: number, count: number): PixelRuns {
  const runs = labelRuns({ data: cells, width, height });
  const { components, count: pieces } = joinRuns(runs, 4);
  const { starts, ends, rows } = runs;
  const labels = runs.labels!;
  const areas = new Int32Array(pieces + 1);
  for (let run = 0; run < components.length; run++) areas[components[run]!]! += ends[run]! - starts[run]!;
  // The first one of pieces as large.
  const largest = new Int32Array(count + 1);
  for (let run = 0; run < components.length; run++) {
    const piece = components[run]!;
    if (areas[piece]! > areas[largest[labels[run]!]!]!) largest[labels[run]!] = piece;
  }
  const gaps = {
    starts: new Int32Array(starts.length + height),
    ends: new Int32Array(starts.length + height),
    rows: new Int32Array(height + 1),
  };
  let found = 0;
  const addGap = (start: number, end: number): void => {
    if (start === end) return;
    gaps.starts[found] = start;
    gaps.ends[found++] = end;
  };
  for (let y = 0; y < height; y++) {
    let end = 0;
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      if (components[run] === largest[labels[run]!]) {
        addGap(end, starts[run]!);
        end = ends[run]!;
      } else cells.fill(0, y * width + starts[run]!, y * width + ends[run]!);
    }
    addGap(end, width);
    gaps.rows[y + 1] = found;
  }
  return { starts: gaps.starts.subarray(0, found), ends: gaps.ends.subarray(0, found), rows: gaps.rows };
}

/** Gives islands of 0 (8-connected) that a single cell surrounds to that cell. */
function fillIslands(cells: Int32Array, width: number, height: number, runs: PixelRuns): void {
  const { components, count } = joinRuns(runs, 8);
  const owners = ownersOf(runs, components, count, cells, width, height);
  const { starts, ends, rows } = runs;
  for (let y = 0; y < height; y++) {
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      const owner = owners[components[run]!]!;
      if (owner > 0) cells.fill(owner, y * width + starts[run]!, y * width + ends[run]!);
    }
  }
}

const SEVERAL = -1;

/** The one cell that surrounds each island; −1 when there are several, or the image's border. */
function ownersOf(
  { starts, ends, rows }: PixelRuns,
  islands: Int32Array,
  count: number,
  cells: Int32Array,
  width: number,
  height: number,
): Int32Array {
  const owners = new Int32Array(count + 1);
  for (let y = 0; y < height; y++) {
    const isEdge = y === 0 || y === height - 1;
    for (let run = rows[y]!; run < rows[y + 1]!; run++) {
      const island = islands[run]!;
      const start = y * width + starts[run]!;
      const end = y * width + ends[run]!;
      if (isEdge || starts[run] === 0 || ends[run] === width) owners[island] = SEVERAL;
      let owner = owners[island]!;
      if (owner === SEVERAL) continue;
      owner = meet(meet(owner, cells[start - 1]!), cells[end]!);
      for (let i = start; i < end && owner !== SEVERAL; i++) {
        owner = meet(meet(owner, cells[i - width]!), cells[i + width]!);
      }
      owners[island] = owner;
    }
  }
  return owners;
}

/** The owner after another pixel beside the island was seen, 0 for one of the island itself. */
function meet(owner: number, cell: number): number {
  if (cell === 0 || cell === owner) return owner;
  return owner === 0 ? cell : SEVERAL;
}
