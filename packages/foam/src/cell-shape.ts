import type { LaguerreCell } from './laguerre.js';
import type { Random } from './random.js';

/** A plane over the image: its value at (x, y) is gx·x + gy·y + offset. */
export interface Plane {
  readonly gx: number;
  readonly gy: number;
  readonly offset: number;
}

/** An edge of a cell: the plane is the distance into the cell from the wall's surface at mid-length, in pixels. */
export interface CellEdge extends Plane {
  /** The wall's full width; half of it lies on this side. */
  readonly width: number;
  /** The cell on the other side, as an index of the tessellation. */
  readonly neighbour: number;
}

/** A face of the cell behind the cut: the plane is its depth below the cut. */
export interface CellFace extends Plane {
  readonly brightness: number;
  readonly isOpen: boolean;
}

/** A cell cut open: its outline in the cut and the faces of the cavity behind. */
export interface CellShape {
  /** Which cell of the tessellation it is. */
  readonly index: number;
  readonly x: number;
  readonly y: number;
  /** Corners of the outline at the middle of the walls: x0, y0, x1, y1, … */
  readonly corners: readonly number[];
  readonly edges: readonly CellEdge[];
  readonly faces: readonly CellFace[];
  /** Radius of the disc of equal area. */
  readonly radius: number;
}

/** What shapes are made with; lengths in pixels. */
export interface ShapeOptions {
  readonly openness: number;
  readonly faceBrightness: number;
  /** Direction towards the detector, in the plane of the image, of length 1. */
  readonly light: readonly [x: number, y: number];
  /** The wall between two cells of the tessellation. */
  width(a: number, b: number): number;
}

/**
 * The polyhedral cavity behind a cell's outline: a side face leans inward from each edge, and two to four tilted faces
 * close it behind. The cavity's depth is the least of all planes, so faces meet in the straight ridges of a polyhedron.
 */
export function shapeOf(cell: LaguerreCell, index: number, options: ShapeOptions, random: Random): CellShape {
  const { x, y } = cell;
  const corners = cell.corners.map((value, k) => value + (k % 2 === 0 ? x : y));
  const edges = cell.neighbours.map((neighbour, k) => edgeOf(corners, k, options.width(index, neighbour), neighbour));
  const radius = Math.sqrt(areaOf(cell.corners) / Math.PI);
  const sides = edges.map((edge) => sideFace(edge, options, random));
  const backs = backFaces(x, y, radius, options, random);
  return { index, x, y, corners, edges, faces: [...sides, ...backs], radius };
}

function edgeOf(corners: readonly number[], k: number, width: number, neighbour: number): CellEdge {
  const next = (2 * k + 2) % corners.length;
  const [x0, y0, x1, y1] = [corners[2 * k]!, corners[2 * k + 1]!, corners[next]!, corners[next + 1]!];
  // An edge of no length is a corner twice: any direction will do, its own is undefined.
  const length = Math.hypot(x1 - x0, y1 - y0) || 1;
  const gx = -(y1 - y0) / length;
  const gy = (x1 - x0) / length;
  return { gx, gy, offset: -(gx * x0 + gy * y0) - width / 2, width, neighbour };
}

function areaOf(corners: readonly number[]): number {
  let twice = 0;
  for (let k = 0; k < corners.length; k += 2) {
    const next = (k + 2) % corners.length;
    twice += corners[k]! * corners[next + 1]! - corners[next]! * corners[k + 1]!;
  }
  return twice / 2;
}

function sideFace(edge: CellEdge, options: ShapeOptions, random: Random): CellFace {
  const steepness = random.between(1.4, 3.2);
  return {
    gx: edge.gx * steepness,
    gy: edge.gy * steepness,
    offset: edge.offset * steepness,
    brightness: faceBrightness(edge.gx, edge.gy, options, random),
    isOpen: random.uniform() < options.openness,
  };
}

function backFaces(x: number, y: number, radius: number, options: ShapeOptions, random: Random): CellFace[] {
  const count = 2 + Math.floor(random.uniform() * 3);
  const turn = random.between(0, 2 * Math.PI);
  const faces: CellFace[] = [];
  for (let i = 0; i < count; i++) {
    const angle = turn + ((i + random.between(-0.2, 0.2)) * 2 * Math.PI) / count;
    const tilt = random.between(0.25, 0.7);
    const depth = radius * random.between(0.5, 0.75);
    const gx = -tilt * Math.cos(angle);
    const gy = -tilt * Math.sin(angle);
    faces.push({
      gx,
      gy,
      offset: depth - gx * x - gy * y,
      brightness: faceBrightness(gx, gy, options, random),
      isOpen: random.uniform() < options.openness,
    });
  }
  return faces;
}

/** A face is brighter the more it is turned to the detector. */
function faceBrightness(gx: number, gy: number, { faceBrightness, light }: ShapeOptions, random: Random): number {
  return faceBrightness * (1 + 0.35 * (gx * light[0] + gy * light[1])) * random.between(0.85, 1.15);
}
