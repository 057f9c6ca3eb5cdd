import type { LabelMap } from '../raster/raster.js';
import { touchingPixels } from '../raster/touching-pixels.js';

/** A point where three or more cells meet. */
export interface Vertex {
  /** In pixels. */
  readonly x: number;
  readonly y: number;
  /** How many cells meet; Plateau: 3. */
  readonly degree: number;
  /** Angles between the walls in degrees, in order around the vertex; Plateau: 120. Empty when they can't be told. */
  readonly angles: readonly number[];
}

/** How vertices are found; lengths in pixels. */
export interface VertexOptions {
  /** Corners nearer to each other are one vertex; 2 by default. */
  readonly mergeWithin?: number;
  /** Radius of the circle on which the angles between walls are read; 6 by default. */
  readonly angleRadius?: number;
}

/** Finds the vertices of a map of territories: 2×2 pixels that belong to three cells or more. */
export function findVertices(
  territories: LabelMap,
  { mergeWithin = 2, angleRadius = 6 }: VertexOptions = {},
): Vertex[] {
  const corners = findCorners(territories);
  const circle = circleOf(angleRadius);
  const used = new Uint8Array(corners.length);
  const vertices: Vertex[] = [];
  corners.forEach((corner, k) => {
    if (used[k]) return;
    const group = [corner];
    used[k] = 1;
    for (let head = 0; head < group.length; head++) {
      // Corners come in reading order, so near ones are found before the rows run out of reach.
      for (let other = k + 1; other < corners.length; other++) {
        const dy = corners[other]!.y - group[head]!.y;
        if (dy > mergeWithin) break;
        const dx = corners[other]!.x - group[head]!.x;
        if (used[other] || dx * dx + dy * dy > mergeWithin * mergeWithin) continue;
        used[other] = 1;
        group.push(corners[other]!);
      }
    }
    const x = group.reduce((sum, c) => sum + c.x, 0) / group.length;
    const y = group.reduce((sum, c) => sum + c.y, 0) / group.length;
    const degree = new Set(group.flatMap(({ cells }) => cells)).size;
    vertices.push({ x, y, degree, angles: wallAngles(territories, x, y, degree, circle) });
  });
  return vertices;
}

interface Corner {
  readonly x: number;
  readonly y: number;
  readonly cells: readonly number[];
}

function findCorners(territories: LabelMap): Corner[] {
  const { data, width, height } = territories;
  const corners: Corner[] = [];
  for (const i of touchingPixels(territories, { withCorners: true })) {
    const y = Math.floor(i / width);
    const x = i - y * width;
    if (x + 1 === width || y + 1 === height) continue;
    const a = data[i]!;
    const b = data[i + 1]!;
    const c = data[i + width]!;
    const d = data[i + width + 1]!;
    // Along a border there are two different ones.
    const others = Number(b !== a) + Number(c !== a && c !== b) + Number(d !== a && d !== b && d !== c);
    if (others < 2) continue;
    const cells = [...new Set([a, b, c, d])].filter((label) => label > 0);
    if (cells.length >= 3) corners.push({ x: x + 0.5, y: y + 0.5, cells });
  }
  return corners;
}

/** Points around a vertex, from the right one on. */
interface Circle {
  readonly radius: number;
  readonly x: Float64Array;
  readonly y: Float64Array;
}

const STEPS = 180;

function circleOf(radius: number): Circle {
  const angles = Float64Array.from({ length: STEPS + 1 }, (_, k) => (2 * Math.PI * k) / STEPS);
  return {
    radius,
    x: angles.map((angle) => radius * Math.cos(angle)),
    y: angles.map((angle) => radius * Math.sin(angle)),
  };
}

/** Directions in which the cell changes on a circle are those of the walls. */
function wallAngles({ data, width, height }: LabelMap, x: number, y: number, degree: number, circle: Circle): number[] {
  const { radius } = circle;
  if (x < radius || y < radius || x > width - 1 - radius || y > height - 1 - radius) return [];
  const walls: number[] = [];
  let before = -1;
  for (let k = 0; k <= STEPS; k++) {
    const label = data[Math.round(y + circle.y[k]!) * width + Math.round(x + circle.x[k]!)]!;
    if (before !== -1 && label !== before) walls.push((360 * (k - 0.5)) / STEPS);
    before = label;
  }
  if (walls.length !== degree) return [];
  return walls.map((angle, k) => (k > 0 ? angle - walls[k - 1]! : angle + 360 - walls.at(-1)!));
}
