import { convexHulls, polygonArea } from '../raster/convex-hull.js';
import { squaredDistance } from '../raster/distance-transform.js';
import { labelComponents } from '../raster/label-components.js';
import type { LabelMap, Mask } from '../raster/raster.js';
import { regionAreas } from './keep-regions.js';

/** A piece of wall that dents a cell. */
export interface Bite {
  /** The cell. */
  readonly label: number;
  readonly pixels: readonly number[];
  /** Where it meets the cell: the middles of pixel sides, x0, y0, x1, y1, …, pixel centres at whole numbers. */
  readonly edge: readonly number[];
}

// What a convex cell's hull has more than its pixels, at most, as a multiple of the square root of its area.
const STAIRCASE = 2.5;
const LEAST_DENT = 8;
// In pixels from the cell: what is shallower is the outline's raggedness.
const LEAST_DEPTH = 2.2;

/** A cell that is less convex than its pixels' staircase makes it. */
export interface DentedCell {
  readonly label: number;
  readonly area: number;
  readonly hull: readonly number[];
  /** By how many pixels its hull is larger. */
  readonly excess: number;
}

/** The cells with dents, the most dented first. */
export function dentedCells(cells: LabelMap): DentedCell[] {
  const areas = regionAreas(cells);
  return convexHulls(cells)
    .map((hull, label) => {
      const area = areas[label]!;
      return { label, area, hull, excess: label > 0 && hull.length > 0 ? polygonArea(hull) - area : 0 };
    })
    .filter(({ area, excess }) => excess >= STAIRCASE * Math.sqrt(area) + LEAST_DENT)
    .sort((a, b) => b.excess - a.excess);
}

/**
 * Finds the dents of a cell: what a closing with a disc as large as the cell itself adds to it, of the pixels that are no
 * cell's. Foam cells are nearly convex, so that little else is added.
 */
export function findBites(cells: LabelMap, { label, area, hull }: DentedCell): Bite[] {
  const squaredRadius = area / Math.PI;
  const margin = Math.ceil(Math.sqrt(squaredRadius)) + 1;
  const xs = hull.filter((_, k) => k % 2 === 0);
  const ys = hull.filter((_, k) => k % 2 === 1);
  const [left, top] = [Math.min(...xs) - margin, Math.min(...ys) - margin];
  const [width, height] = [Math.max(...xs) + margin - left, Math.max(...ys) + margin - top];
  const outside: Mask = { data: new Uint8Array(width * height).fill(1), width, height };
  const free = new Uint8Array(width * height);
  for (let y = Math.max(0, -top); y < Math.min(height, cells.height - top); y++) {
    for (let x = Math.max(0, -left); x < Math.min(width, cells.width - left); x++) {
      const own = cells.data[(y + top) * cells.width + x + left]!;
      if (own === label) outside.data[y * width + x] = 0;
      else if (own === 0) free[y * width + x] = 1;
    }
  }
  const most = Math.ceil(squaredRadius) + 1;
  const depth = squaredDistance(outside, { most }).data;
  const grown = new Uint8Array(depth.length);
  for (let i = 0; i < grown.length; i++) if (depth[i]! <= squaredRadius) grown[i] = 1;
  const rest = squaredDistance({ data: grown, width, height }, { most }).data;
  const dents = new Uint8Array(depth.length);
  for (let i = 0; i < dents.length; i++) if (free[i] && rest[i]! > squaredRadius) dents[i] = 1;

  const pieces = labelComponents({ data: dents, width, height });
  const bites = Array.from({ length: pieces.count }, () => ({
    label,
    pixels: [] as number[],
    edge: [] as number[],
    depth: 0,
  }));
  const sides = [-1, 1, -width, width];
  for (let i = 0; i < dents.length; i++) {
    if (!dents[i]) continue;
    const bite = bites[pieces.data[i]! - 1]!;
    const x = (i % width) + left;
    const y = Math.floor(i / width) + top;
    bite.pixels.push(y * cells.width + x);
    if (depth[i]! > bite.depth) bite.depth = depth[i]!;
    for (const side of sides) {
      if (outside.data[i + side] !== 0) continue;
      bite.edge.push(
        x + (side === 1 ? 0.5 : side === -1 ? -0.5 : 0),
        y + (side === width ? 0.5 : side === -width ? -0.5 : 0),
      );
    }
  }
  return bites.filter((bite) => bite.depth >= LEAST_DEPTH ** 2);
}
