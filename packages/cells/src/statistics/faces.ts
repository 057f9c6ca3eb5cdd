import type { Mask } from '../raster/raster.js';
import type { Territories } from './territories.js';

/** The wall between two neighbouring cells; lengths in pixels. */
export interface Face {
  readonly a: number;
  readonly b: number;
  /** Pixel sides along the middle of the wall. */
  readonly elements: number;
  /** From end to end. */
  readonly length: number;
  /** Area of the wall over the middle fifth of its length, by that length: away from the vertices, where walls thicken. */
  readonly width: number;
  /** Share of the elements that lie on wall. */
  readonly covered: number;
}

/**
 * The walls between neighbouring cells, along the line where their territories meet. Widths are areas over lengths, which
 * is right for walls in any direction, where sums of distances between pixels are too little across the grid's diagonals.
 * @param walls where the image shows wall
 * @param leastElements shorter contacts are corners, not faces
 */
export function findFaces(territories: Territories, walls: Mask, leastElements = 2): Face[] {
  const { starts, order, pairs, ...line } = collectLine(territories, walls);
  const faces: Face[] = [];
  for (let k = 0; k < pairs.length; k += 2) {
    const elements = order.subarray(starts[k / 2]!, starts[k / 2 + 1]!);
    if (elements.length < leastElements) continue;
    const [a, b] = [pairs[k]!, pairs[k + 1]!];
    let covered = 0;
    for (const element of elements) covered += line.covered[element]!;
    const axis = axisOf(line, elements);
    const width = axis.length < LEAST_LENGTH ? axis.gap : middleWidth(territories, a, b, axis);
    faces.push({ a, b, elements: elements.length, length: axis.length, width, covered: covered / elements.length });
  }
  return faces;
}

// Shorter faces have no middle: their width is the mean distance across.
const LEAST_LENGTH = 3;

/** The pixel sides between territories, and which face each is of. */
interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Distance from cell to cell across the side. */
  readonly gap: Float64Array;
  readonly covered: Uint8Array;
}

interface SortedLine extends Line {
  /** Labels of the two cells of each face. */
  readonly pairs: readonly number[];
  /** Elements face by face: those of face k from starts[k] to starts[k + 1]. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

function collectLine({ labels, distance }: Territories, walls: Mask): SortedLine {
  const { data, width, height, count } = labels;
  const [x, y, gap, covered, face]: number[][] = [[], [], [], [], []];
  const pairs: number[] = [];
  const faces = new Map<number, number>();
  const visit = (i: number, j: number, u: number, v: number): void => {
    const [p, q] = [data[i]!, data[j]!];
    if (p === 0 || q === 0) return;
    const [a, b] = p < q ? [p, q] : [q, p];
    const key = a * (count + 1) + b;
    let index = faces.get(key);
    if (index === undefined) {
      faces.set(key, (index = faces.size));
      pairs.push(a, b);
    }
    x!.push(u);
    y!.push(v);
    gap!.push(distance.data[i]! + distance.data[j]!);
    covered!.push(walls.data[i] || walls.data[j] ? 1 : 0);
    face!.push(index);
  };
  for (let v = 0, i = 0; v < height; v++) {
    for (let u = 0; u < width; u++, i++) {
      if (u + 1 < width && data[i] !== data[i + 1]) visit(i, i + 1, u + 0.5, v);
      if (v + 1 < height && data[i] !== data[i + width]) visit(i, i + width, u, v + 0.5);
    }
  }
  const starts = new Int32Array(faces.size + 1);
  for (const index of face!) starts[index + 1]!++;
  for (let k = 0; k < faces.size; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Int32Array(face!.length);
  face!.forEach((index, element) => (order[next[index]!++] = element));
  return {
    x: Float64Array.from(x!),
    y: Float64Array.from(y!),
    gap: Float64Array.from(gap!),
    covered: Uint8Array.from(covered!),
    pairs,
    order,
    starts,
  };
}

/** The straight line through a face: its middle, its direction, its length, and the mean distance across its middle. */
interface Axis {
  readonly x: number;
  readonly y: number;
  readonly ux: number;
  readonly uy: number;
  readonly length: number;
  readonly gap: number;
}

function axisOf(line: Line, elements: Int32Array): Axis {
  let [sx, sy] = [0, 0];
  for (const element of elements) {
    sx += line.x[element]!;
    sy += line.y[element]!;
  }
  const [mx, my] = [sx / elements.length, sy / elements.length];
  let [xx, yy, xy] = [0, 0, 0];
  for (const element of elements) {
    const [dx, dy] = [line.x[element]! - mx, line.y[element]! - my];
    xx += dx * dx;
    yy += dy * dy;
    xy += dx * dy;
  }
  const angle = 0.5 * Math.atan2(2 * xy, xx - yy);
  const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
  let [least, greatest] = [Infinity, -Infinity];
  for (const element of elements) {
    const along = (line.x[element]! - mx) * ux + (line.y[element]! - my) * uy;
    if (along < least) least = along;
    if (along > greatest) greatest = along;
  }
  const middle = (least + greatest) / 2;
  const half = halfSpan(greatest - least) + 1;
  let [gap, n] = [0, 0];
  for (const element of elements) {
    const along = (line.x[element]! - mx) * ux + (line.y[element]! - my) * uy - middle;
    if (Math.abs(along) > half) continue;
    gap += line.gap[element]!;
    n++;
  }
  return { x: mx + middle * ux, y: my + middle * uy, ux, uy, length: greatest - least, gap: n > 0 ? gap / n : 0 };
}

/** Half the length over which a face's width is taken: a fifth of the face, three pixels at least. */
function halfSpan(length: number): number {
  return Math.max(1.5, length / 10);
}

/** Wall pixels of both cells beside the middle of the face, those at the span's ends in part, by the span. */
function middleWidth({ labels, distance }: Territories, a: number, b: number, axis: Axis): number {
  const { data, width, height } = labels;
  const { x, y, ux, uy, length, gap } = axis;
  const half = halfSpan(length);
  // Far enough to reach both cells, too near to meet another wall.
  const across = gap + 2;
  const [reachX, reachY] = [
    half * Math.abs(ux) + across * Math.abs(uy) + 1,
    half * Math.abs(uy) + across * Math.abs(ux) + 1,
  ];
  let area = 0;
  for (let v = Math.max(0, Math.ceil(y - reachY)); v <= Math.min(height - 1, y + reachY); v++) {
    for (let u = Math.max(0, Math.ceil(x - reachX)); u <= Math.min(width - 1, x + reachX); u++) {
      const i = v * width + u;
      if (distance.data[i] === 0 || (data[i] !== a && data[i] !== b)) continue;
      const [dx, dy] = [u - x, v - y];
      if (Math.abs(dy * ux - dx * uy) > across) continue;
      const share = half + 0.5 - Math.abs(dx * ux + dy * uy);
      if (share > 0) area += share < 1 ? share : 1;
    }
  }
  return area / (2 * half);
}
