import type { Random } from './random.js';

/** A convex cell of a Laguerre tessellation, in a periodic square. */
export interface LaguerreCell {
  readonly x: number;
  readonly y: number;
  /** Corners relative to (x, y), in order: x0, y0, x1, y1, … */
  readonly corners: readonly number[];
  /** The cell on the other side of the edge from corner k to corner k + 1. */
  readonly neighbours: readonly number[];
}

/** What a tessellation is made from. */
export interface LaguerreOptions {
  /** The side of the periodic square. */
  readonly side: number;
  /** Mean equivalent diameter of a cell. */
  readonly diameter: number;
  /** Spread of the generating discs' radii: 0 gives Voronoi cells, much alike. */
  readonly spread: number;
  /** Lloyd steps: how far the cells are evened out. */
  readonly relaxation: number;
}

interface Site {
  x: number;
  y: number;
  readonly weight: number;
}

/**
 * A Laguerre (power) tessellation of a periodic square, relaxed: each Lloyd step moves the sites to their cells'
 * centroids. Point p belongs to the site with the least |p − s|² − weight (Aurenhammer 1987).
 * @returns the cells, at least 16; a site that lost its whole cell to its neighbours is left out, its place in the array
 * taken by undefined
 */
export function relaxedLaguerre(options: LaguerreOptions, random: Random): (LaguerreCell | undefined)[] {
  const { side, relaxation } = options;
  const sites = scatter(options, random);
  let cells = cellsOf(sites, side);
  for (let step = 0; step < relaxation; step++) {
    cells.forEach((cell, i) => cell && moveToCentroid(sites[i]!, cell, side));
    cells = cellsOf(sites, side);
  }
  return cells;
}

/** One site in each field of a square grid, anywhere in it. */
function scatter({ side, diameter, spread }: LaguerreOptions, random: Random): Site[] {
  const perSide = Math.max(4, Math.round((2 * side) / (diameter * Math.sqrt(Math.PI))));
  const field = side / perSide;
  const sites: Site[] = [];
  for (let row = 0; row < perSide; row++) {
    for (let column = 0; column < perSide; column++) {
      const radius = 0.5 * diameter * Math.exp(spread * Math.max(-2, Math.min(2, random.normal())));
      sites.push({
        x: (column + random.uniform()) * field,
        y: (row + random.uniform()) * field,
        weight: radius * radius,
      });
    }
  }
  return sites;
}

/** All cells of the sites, each cut out of the square by its neighbours. */
function cellsOf(sites: readonly Site[], side: number): (LaguerreCell | undefined)[] {
  const grid = bucket(sites, side);
  const heaviest = Math.max(...sites.map(({ weight }) => weight));
  return sites.map((_, i) => cellOf(i, sites, grid, heaviest));
}

/** Sites by the field of a square grid that they lie in; about one a field. */
interface Grid {
  readonly side: number;
  readonly perSide: number;
  readonly fields: readonly number[][];
}

function bucket(sites: readonly Site[], side: number): Grid {
  const perSide = Math.round(Math.sqrt(sites.length));
  const fields: number[][] = Array.from({ length: perSide * perSide }, () => []);
  sites.forEach(({ x, y }, i) => fields[fieldOf(y, side, perSide) * perSide + fieldOf(x, side, perSide)]!.push(i));
  return { side, perSide, fields };
}

function fieldOf(coordinate: number, side: number, perSide: number): number {
  return Math.min(Math.floor((coordinate / side) * perSide), perSide - 1);
}

/** Cuts a square down, site by site, ring by ring of fields outwards, until no site further out can reach the rest. */
function cellOf(i: number, sites: readonly Site[], grid: Grid, heaviest: number): LaguerreCell | undefined {
  const { side, perSide, fields } = grid;
  const { x, y, weight } = sites[i]!;
  const half = side / 2;
  const polygon: Polygon = {
    corners: [-half, -half, half, -half, half, half, -half, half],
    neighbours: [-1, -1, -1, -1],
  };
  const column = fieldOf(x, side, perSide);
  const row = fieldOf(y, side, perSide);
  // Each field once, though the plane repeats.
  const before = -Math.floor((perSide - 1) / 2);
  const after = Math.floor(perSide / 2);
  let reach = Math.SQRT2 * half;
  for (let ring = 0; ring <= after; ring++) {
    const nearest = ((ring - 1) * side) / perSide;
    if (nearest > 0 && (nearest * nearest + weight - heaviest) / (2 * nearest) >= reach) break;
    for (let down = Math.max(-ring, before); down <= Math.min(ring, after); down++) {
      const stride = Math.abs(down) === ring ? 1 : 2 * ring;
      for (let across = -ring; across <= ring; across += stride) {
        if (across < before || across > after) continue;
        const field = ((row + down + perSide) % perSide) * perSide + ((column + across + perSide) % perSide);
        for (const j of fields[field]!) {
          if (j === i) continue;
          const other = sites[j]!;
          const dx = wrap(other.x - x, side);
          const dy = wrap(other.y - y, side);
          const square = dx * dx + dy * dy;
          // The two cells meet on the line p·(dx, dy) = offset.
          const offset = (square + weight - other.weight) / 2;
          if (offset > 0 && offset * offset >= reach * reach * square) continue;
          if (!clip(polygon, dx, dy, offset, j)) continue;
          if (polygon.neighbours.length < 3) return undefined;
          reach = farthest(polygon.corners);
        }
      }
    }
  }
  return { x, y, ...polygon };
}

function wrap(difference: number, side: number): number {
  if (difference > side / 2) return difference - side;
  if (difference < -side / 2) return difference + side;
  return difference;
}

/** Corners in order, and the cell beyond the edge that starts at each. */
interface Polygon {
  corners: number[];
  neighbours: number[];
}

/**
 * Keeps the part of a polygon where p·(dx, dy) ≤ offset (Sutherland and Hodgman 1974).
 * @returns whether anything was cut off
 */
function clip(polygon: Polygon, dx: number, dy: number, offset: number, neighbour: number): boolean {
  const { corners, neighbours } = polygon;
  let isCut = false;
  for (let k = 0; k < corners.length && !isCut; k += 2) isCut = corners[k]! * dx + corners[k + 1]! * dy > offset;
  if (!isCut) return false;
  const keptCorners: number[] = [];
  const keptNeighbours: number[] = [];
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    const x0 = corners[k]!;
    const y0 = corners[k + 1]!;
    const x1 = corners[next]!;
    const y1 = corners[next + 1]!;
    const here = x0 * dx + y0 * dy - offset;
    const there = x1 * dx + y1 * dy - offset;
    if (here <= 0) {
      keptCorners.push(x0, y0);
      keptNeighbours.push(neighbours[k / 2]!);
    }
    if (here <= 0 === there <= 0) continue;
    const t = here / (here - there);
    keptCorners.push(x0 + t * (x1 - x0), y0 + t * (y1 - y0));
    // Leaving the kept half-plane, the new edge follows; coming back, the rest of the old one.
    keptNeighbours.push(here <= 0 ? neighbour : neighbours[k / 2]!);
  }
  polygon.corners = keptCorners;
  polygon.neighbours = keptNeighbours;
  return true;
}

function farthest(corners: readonly number[]): number {
  let square = 0;
  for (let k = 0; k < corners.length; k += 2) {
    square = Math.max(square, corners[k]! * corners[k]! + corners[k + 1]! * corners[k + 1]!);
  }
  return Math.sqrt(square);
}

function moveToCentroid(site: Site, { x, y, corners }: LaguerreCell, side: number): void {
  let area = 0;
  let sumX = 0;
  let sumY = 0;
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    const cross = corners[k]! * corners[next + 1]! - corners[next]! * corners[k + 1]!;
    area += cross;
    sumX += (corners[k]! + corners[next]!) * cross;
    sumY += (corners[k + 1]! + corners[next + 1]!) * cross;
  }
  if (area <= 0) return;
  site.x = (x + sumX / (3 * area) + side) % side;
  site.y = (y + sumY / (3 * area) + side) % side;
}
