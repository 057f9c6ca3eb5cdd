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
  let cells = sites.map((_, i) => cellOf(i, sites, side));
  for (let step = 0; step < relaxation; step++) {
    cells.forEach((cell, i) => cell && moveToCentroid(sites[i]!, cell, side));
    cells = sites.map((_, i) => cellOf(i, sites, side));
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

/** Cuts a square down, neighbour by neighbour; those that are too far to cut are passed over. */
function cellOf(i: number, sites: readonly Site[], side: number): LaguerreCell | undefined {
  const { x, y, weight } = sites[i]!;
  const half = side / 2;
  let corners = [-half, -half, half, -half, half, half, -half, half];
  let neighbours = [-1, -1, -1, -1];
  let reach = half * half * 2;
  for (let step = 1; step < sites.length; step++) {
    // Outwards by index, so that near ones, which are in near grid fields, come early.
    const j = (i + (step % 2 === 1 ? (step + 1) / 2 : sites.length - step / 2)) % sites.length;
    const other = sites[j]!;
    const dx = wrap(other.x - x, side);
    const dy = wrap(other.y - y, side);
    const square = dx * dx + dy * dy;
    // The bisector is the line p·(dx, dy) = offset.
    const offset = (square + weight - other.weight) / 2;
    if (offset > 0 && offset * offset >= reach * square) continue;
    const cut = clip(corners, neighbours, dx, dy, offset, j);
    if (!cut) continue;
    ({ corners, neighbours } = cut);
    if (corners.length < 6) return undefined;
    reach = 0;
    for (let k = 0; k < corners.length; k += 2) reach = Math.max(reach, corners[k]! ** 2 + corners[k + 1]! ** 2);
  }
  return { x, y, corners, neighbours };
}

function wrap(difference: number, side: number): number {
  return difference - side * Math.round(difference / side);
}

/** The part of a polygon where p·(dx, dy) ≤ offset (Sutherland and Hodgman 1974); undefined when that is all of it. */
function clip(
  corners: readonly number[],
  neighbours: readonly number[],
  dx: number,
  dy: number,
  offset: number,
  neighbour: number,
): { corners: number[]; neighbours: number[] } | undefined {
  const n = neighbours.length;
  const beyond = neighbours.map((_, k) => corners[2 * k]! * dx + corners[2 * k + 1]! * dy - offset);
  if (beyond.every((value) => value <= 0)) return undefined;
  const keptCorners: number[] = [];
  const keptNeighbours: number[] = [];
  for (let k = 0; k < n; k++) {
    const next = (k + 1) % n;
    const here = beyond[k]!;
    const there = beyond[next]!;
    if (here <= 0) {
      keptCorners.push(corners[2 * k]!, corners[2 * k + 1]!);
      keptNeighbours.push(neighbours[k]!);
    }
    if (here <= 0 === there <= 0) continue;
    const t = here / (here - there);
    keptCorners.push(
      corners[2 * k]! + t * (corners[2 * next]! - corners[2 * k]!),
      corners[2 * k + 1]! + t * (corners[2 * next + 1]! - corners[2 * k + 1]!),
    );
    // Leaving the kept half-plane, the new edge follows; coming back, the rest of the old one.
    keptNeighbours.push(here <= 0 ? neighbour : neighbours[k]!);
  }
  return { corners: keptCorners, neighbours: keptNeighbours };
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
