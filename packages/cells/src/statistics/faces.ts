import { squaredDistance } from '../raster/distance-transform.js';
import type { Mask } from '../raster/raster.js';
import type { Territories } from './territories.js';
import type { Vertex } from './vertices.js';

/** The wall between two neighbouring cells; lengths in pixels. */
export interface Face {
  readonly a: number;
  readonly b: number;
  /** Pixel sides along the middle of the wall. */
  readonly elements: number;
  /** Mean width over the middle fifth of the wall, away from the vertices where walls thicken. */
  readonly width: number;
  /** Share of the elements that lie on wall. */
  readonly covered: number;
}

/**
 * The walls between neighbouring cells, along the line where their territories meet. The width at a pixel side of that
 * line is the sum of both pixels' distances to their nearest cell: exact for straight walls of any whole width, where
 * twice the distance transform is a pixel too much for odd ones.
 * @param walls where the image shows wall
 * @param leastElements shorter contacts are corners, not faces
 */
export function findFaces(
  { labels, distance }: Territories,
  walls: Mask,
  vertices: readonly Vertex[],
  leastElements = 2,
): Face[] {
  const { data, width, height, count } = labels;
  const toVertex = distanceToVertices(vertices, width, height);
  const faces = new Map<number, FaceSums>();
  const visit = (i: number, j: number): void => {
    const [p, q] = [data[i]!, data[j]!];
    if (p === q || p === 0 || q === 0) return;
    const key = Math.min(p, q) * (count + 1) + Math.max(p, q);
    let face = faces.get(key);
    if (!face) faces.set(key, (face = { gaps: [], depths: [], covered: 0 }));
    const gap = distance.data[i]! + distance.data[j]!;
    face.gaps.push(gap);
    face.depths.push(toVertex[i]!);
    if (walls.data[i] || walls.data[j]) face.covered++;
  };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (x + 1 < width) visit(i, i + 1);
      if (y + 1 < height) visit(i, i + width);
    }
  }
  return [...faces]
    .filter(([, { gaps }]) => gaps.length >= leastElements)
    .map(([key, { gaps, depths, covered }]) => ({
      a: Math.floor(key / (count + 1)),
      b: key % (count + 1),
      elements: gaps.length,
      width: middleWidth(gaps, depths),
      covered: covered / gaps.length,
    }));
}

interface FaceSums {
  /** Width at each element. */
  readonly gaps: number[];
  /** Squared distance of each element to the nearest vertex. */
  readonly depths: number[];
  covered: number;
}

/** Mean width over the fifth of the elements that is farthest from the vertices, where walls thicken. */
function middleWidth(gaps: readonly number[], depths: readonly number[]): number {
  const order = gaps.map((_, k) => k).sort((a, b) => depths[b]! - depths[a]!);
  const kept = order.slice(0, Math.ceil(order.length / 5));
  return kept.reduce((sum, k) => sum + gaps[k]!, 0) / kept.length;
}

function distanceToVertices(vertices: readonly Vertex[], width: number, height: number): Int32Array {
  const data = new Uint8Array(width * height).fill(1);
  for (const { x, y } of vertices)
    data[Math.min(Math.round(y), height - 1) * width + Math.min(Math.round(x), width - 1)] = 0;
  return squaredDistance({ data, width, height }).data;
}
