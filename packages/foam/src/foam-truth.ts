import type { Length } from '@plateau/images';
import type { CellShape } from './cell-shape.js';
import type { Layer } from './render-layer.js';

/** A cell of the front layer. Lengths and areas are in pixels. */
export interface FoamCell {
  /** Its value in the label map. */
  readonly label: number;
  /** Pixels that carry the label. */
  readonly area: number;
  /** Whether any of them lies on the border of the image: then the cell may be cut off. */
  readonly touchesBorder: boolean;
  /** Open windows in the faces behind it of which a pixel or more is seen. */
  readonly openWindows: number;
  /** Corners at the middle of the walls, beyond the image too: x0, y0, x1, y1, …; pixel (0, 0) is centred on (0.5, 0.5). */
  readonly outline: readonly number[];
}

/** A wall between two cells, or as much of it as is in the image. */
export interface FoamWall {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  /** Pixels, at right angles to the wall, away from the Plateau borders at its ends. */
  readonly width: number;
}

/** What is in a micrograph, known because it was built so. */
export interface FoamTruth {
  /** Row by row: 0 on walls of the front layer, 1 to `cellCount` in its cells, each cell in one piece. */
  readonly labels: Int32Array;
  /** Cells of which a pixel or more is seen, those cut off by the border included. */
  readonly cellCount: number;
  /** Cells that don't touch the border. */
  readonly wholeCellCount: number;
  /** In the order of their labels. */
  readonly cells: readonly FoamCell[];
  readonly walls: readonly FoamWall[];
  /** Mean of the walls' widths, weighted by their length in the image, in micrometres. */
  readonly wallWidth: Length;
  /** The same in pixels. */
  readonly wallWidthPixels: number;
  /** Row by row: 0, or 1 to `openWindows` where an open window shows the layer behind. */
  readonly windows: Int32Array;
  readonly openWindows: number;
  readonly pixelSize: Length;
}

/** Reads the truth off the shapes and the layer drawn from them. */
export function truthOf(shapes: readonly CellShape[], layer: Layer, size: number, micrometres: number): FoamTruth {
  const { labels, cells, windows, openWindows } = labelCells(shapes, layer, size);
  const walls = wallsInside(shapes, size);
  const wallWidthPixels = meanWidth(walls);
  return {
    labels,
    cellCount: cells.length,
    wholeCellCount: cells.filter(({ touchesBorder }) => !touchesBorder).length,
    cells,
    walls,
    wallWidth: { value: wallWidthPixels * micrometres, unit: 'um' },
    wallWidthPixels,
    windows,
    openWindows,
    pixelSize: { value: micrometres, unit: 'um' },
  };
}

/** Numbers cells and windows in the order in which a reader of the image meets them. */
function labelCells(
  shapes: readonly CellShape[],
  layer: Layer,
  size: number,
): Pick<FoamTruth, 'labels' | 'cells' | 'windows' | 'openWindows'> {
  const labels = new Int32Array(size * size);
  const windows = new Int32Array(size * size);
  const labelOf = new Map<number, number>();
  const windowOf = new Map<number, number>();
  const cells: {
    label: number;
    area: number;
    touchesBorder: boolean;
    openWindows: number;
    outline: readonly number[];
  }[] = [];
  for (let i = 0; i < labels.length; i++) {
    const index = layer.cells[i]!;
    if (index === 0) continue;
    if (!labelOf.has(index)) {
      labelOf.set(index, cells.length + 1);
      const outline = shapes[index - 1]!.corners;
      cells.push({ label: cells.length + 1, area: 0, touchesBorder: false, openWindows: 0, outline });
    }
    labels[i] = labelOf.get(index)!;
    const cell = cells[labels[i]! - 1]!;
    cell.area += 1;
    const column = i % size;
    cell.touchesBorder ||= i < size || i >= labels.length - size || column === 0 || column === size - 1;
    if (layer.windows[i] === 0) continue;
    const key = index * 256 + layer.windows[i]!;
    if (!windowOf.has(key)) {
      windowOf.set(key, windowOf.size + 1);
      cell.openWindows += 1;
    }
    windows[i] = windowOf.get(key)!;
  }
  return { labels, cells, windows, openWindows: windowOf.size };
}

/** Each wall once: it is an edge of both its cells, and taken from the one that comes first in the tessellation. */
function wallsInside(shapes: readonly CellShape[], size: number): FoamWall[] {
  const walls: FoamWall[] = [];
  for (const { index, corners, edges } of shapes) {
    edges.forEach(({ neighbour, width }, k) => {
      if (index > neighbour) return;
      const next = (2 * k + 2) % corners.length;
      const part = clipToImage(corners[2 * k]!, corners[2 * k + 1]!, corners[next]!, corners[next + 1]!, size);
      if (part) walls.push({ ...part, width });
    });
  }
  return walls;
}

/** The part of a segment inside the image (Liang and Barsky 1984). */
function clipToImage(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
  size: number,
): Omit<FoamWall, 'width'> | undefined {
  let enter = 0;
  let leave = 1;
  for (const [start, step] of [
    [x0, x1 - x0],
    [size - x0, x0 - x1],
    [y0, y1 - y0],
    [size - y0, y0 - y1],
  ] as const) {
    if (step === 0 && start < 0) return undefined;
    if (step > 0) enter = Math.max(enter, -start / step);
    if (step < 0) leave = Math.min(leave, -start / step);
  }
  if (enter >= leave) return undefined;
  const at = (t: number): [number, number] => [x0 + t * (x1 - x0), y0 + t * (y1 - y0)];
  return { from: at(enter), to: at(leave) };
}

function meanWidth(walls: readonly FoamWall[]): number {
  let sum = 0;
  let total = 0;
  for (const { from, to, width } of walls) {
    const length = Math.hypot(to[0] - from[0], to[1] - from[1]);
    sum += length * width;
    total += length;
  }
  return sum / total;
}
