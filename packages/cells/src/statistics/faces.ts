import { PairIndex } from '../raster/pair-index.js';
import type { LabelMap, Mask } from '../raster/raster.js';
import { touchingPixels } from '../raster/touching-pixels.js';
import type { Territories } from './territories.js';

/** The wall between two neighbouring cells; lengths in pixels. */
export interface Face {
  readonly a: number;
  readonly b: number;
  /** Pixel sides along the middle of the wall. */
  readonly elements: number;
  /** From end to end; along the wall where it bends around a cell. */
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
  for (let k = 0; k < pairs.size; k++) {
    const elements = order.subarray(starts[k]!, starts[k + 1]!);
    if (elements.length < leastElements) continue;
    const [a, b] = pairs.pair(k);
    let covered = 0;
    for (const element of elements) covered += line.covered[element]!;
    faces.push({
      a,
      b,
      elements: elements.length,
      ...lengthAndWidth(territories, a, b, line, elements),
      covered: covered / elements.length,
    });
  }
  return faces;
}

// Shorter faces have no middle: their width is the mean distance across.
const LEAST_LENGTH = 3;

// A straight face has at most √2 elements a pixel, a half circle has two from end to end.
const MOST_ELEMENTS = 2;

function lengthAndWidth(
  territories: Territories,
  a: number,
  b: number,
  line: Line,
  elements: Int32Array,
): { readonly length: number; readonly width: number } {
  const axis = axisOf(line, elements);
  if (axis.length < LEAST_LENGTH) return { length: axis.length, width: axis.gap };
  if (elements.length <= MOST_ELEMENTS * axis.length) {
    return { length: axis.length, width: middleWidth(territories, a, b, axis) };
  }
  // Bent around a cell: there is no middle, and it is as long as its elements, which overstate it by 4/π.
  let gap = 0;
  for (const element of elements) gap += line.gap[element]!;
  return { length: (Math.PI / 4) * elements.length, width: gap / elements.length };
}

/** The pixel sides between territories, and which face each is of. */
interface Line {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** Distance from cell to cell across the side. */
  readonly gap: Float64Array;
  readonly covered: Uint8Array;
}

interface SortedLine extends Line {
  /** The two cells of each face. */
  readonly pairs: PairIndex;
  /** Elements face by face: those of face k from starts[k] to starts[k + 1]. */
  readonly order: Int32Array;
  readonly starts: Int32Array;
}

function collectLine({ labels, distance }: Territories, walls: Mask): SortedLine {
  const { data, width, count } = labels;
  const sides = sidesBetween(labels);
  const x = new Float64Array(sides.length);
  const y = new Float64Array(sides.length);
  const gap = new Float64Array(sides.length);
  const covered = new Uint8Array(sides.length);
  const face = new Int32Array(sides.length);
  const pairs = new PairIndex(count);
  for (let k = 0; k < sides.length; k++) {
    const i = sides[k]! >> 1;
    const isBelow = sides[k]! & 1;
    const j = isBelow ? i + width : i + 1;
    const row = Math.floor(i / width);
    x[k] = i - row * width + (isBelow ? 0 : 0.5);
    y[k] = row + (isBelow ? 0.5 : 0);
    gap[k] = distance.data[i]! + distance.data[j]!;
    covered[k] = walls.data[i] || walls.data[j] ? 1 : 0;
    face[k] = pairs.of(data[i]!, data[j]!);
  }
  const starts = new Int32Array(pairs.size + 1);
  for (let k = 0; k < face.length; k++) starts[face[k]! + 1]!++;
  for (let k = 0; k < pairs.size; k++) starts[k + 1]! += starts[k]!;
  const next = starts.slice();
  const order = new Int32Array(face.length);
  for (let k = 0; k < face.length; k++) order[next[face[k]!]!++] = k;
  return { x, y, gap, covered, pairs, order, starts };
}

/** Pixel sides between different labels in reading order: twice the pixel, and 1 more for the side below it. */
function sidesBetween(labels: LabelMap): Int32Array {
  const { data, width } = labels;
  const touching = touchingPixels(labels);
  const sides = new Int32Array(2 * touching.length);
  let n = 0;
  for (const i of touching) {
    const right = (i + 1) % width !== 0 ? data[i + 1]! : 0;
    if (right !== data[i] && right !== 0) sides[n++] = 2 * i;
    const below = i + width < data.length ? data[i + width]! : 0;
    if (below !== data[i] && below !== 0) sides[n++] = 2 * i + 1;
  }
  return sides.subarray(0, n);
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
    const dx = line.x[element]! - mx;
    const dy = line.y[element]! - my;
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
      const dx = u - x;
      const dy = v - y;
      if (Math.abs(dy * ux - dx * uy) > across) continue;
      const share = half + 0.5 - Math.abs(dx * ux + dy * uy);
      if (share > 0) area += share < 1 ? share : 1;
    }
  }
  return area / (2 * half);
}
