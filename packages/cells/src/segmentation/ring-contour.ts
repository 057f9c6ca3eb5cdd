import { convexHull, polygonArea } from '../raster/convex-hull.js';
import { lineAcross, type LineTensor } from './line-tensor.js';

/** Directions in which a ring is looked for. */
export const RING_DIRECTIONS = 48;

/** A closed contour around a point, and how much of a ring it is. */
export interface RingContour {
  readonly x: number;
  readonly y: number;
  /** Distance of the contour in each direction. */
  readonly radii: Float64Array;
  readonly area: number;
  /** Over the hull's. */
  readonly solidity: number;
  /** Mean and lower quartile of the line's strength along the contour, as far as it is in the image. */
  readonly strength: number;
  readonly lowerQuartile: number;
  /** Share of directions with a clear line, and the longest run of directions without any. */
  readonly covered: number;
  readonly gap: number;
  /** Mean of the strongest line inside, over directions: a ring around several bubbles has lines in it. */
  readonly inner: number;
}

/** Between which multiples of a radius a ring is looked for. */
export interface RingRange {
  readonly from: number;
  readonly to: number;
}

// A step to the next radius from one direction to the next costs as much as this loss of line.
const STEP_COST = 0.15;
const CLEAR = 0.4;
const FAINT = 0.3;
// Most of a contour that may lie beyond the image.
const MOST_OUTSIDE = 0.8;
// What a contour beyond the image is worth: between no line and a clear one.
const OUTSIDE = 0.35;

/**
 * The closed contour around a point that follows dark lines best, lines at right angles to the way out, by dynamic
 * programming over directions and radii.
 * @returns undefined when nearly all of it is beyond the image
 */
export function traceRing(
  lines: LineTensor,
  x: number,
  y: number,
  radius: number,
  { from, to }: RingRange,
): RingContour | undefined {
  const step = Math.max(0.5, 0.06 * radius);
  const least = Math.max(1, from * radius);
  const levels = Math.max(4, Math.ceil((to * radius + 1.5 - least) / step));
  const strengths = new Float64Array(RING_DIRECTIONS * levels);
  for (let a = 0; a < RING_DIRECTIONS; a++) {
    const angle = (2 * Math.PI * a) / RING_DIRECTIONS;
    const [ux, uy] = [Math.cos(angle), Math.sin(angle)];
    for (let k = 0; k < levels; k++) {
      const [px, py] = [x + (least + k * step) * ux, y + (least + k * step) * uy];
      const isInside = px >= 0 && py >= 0 && px < lines.width - 1 && py < lines.height - 1;
      strengths[a * levels + k] = isInside ? lineAcross(lines, px, py, ux, uy) : -1;
    }
  }
  const path = bestPath(strengths, levels);
  const radii = path.map((k) => least + k * step);
  return judge(x, y, Float64Array.from(radii), path, strengths, levels);
}

/** The best closed path: twice around, of which the middle round is taken, so that its ends meet. */
function bestPath(strengths: Float64Array, levels: number): number[] {
  const rounds = 2 * RING_DIRECTIONS;
  const worth = (a: number, k: number): number => {
    const value = strengths[(a % RING_DIRECTIONS) * levels + k]!;
    return value < 0 ? OUTSIDE : value;
  };
  let before = Float64Array.from({ length: levels }, (_, k) => worth(0, k));
  const moves = new Int8Array(rounds * levels);
  for (let a = 1; a < rounds; a++) {
    const own = new Float64Array(levels);
    for (let k = 0; k < levels; k++) {
      let [best, move] = [before[k]!, 0];
      if (k > 0 && before[k - 1]! - STEP_COST > best) [best, move] = [before[k - 1]! - STEP_COST, -1];
      if (k + 1 < levels && before[k + 1]! - STEP_COST > best) [best, move] = [before[k + 1]! - STEP_COST, 1];
      own[k] = best + worth(a, k);
      moves[a * levels + k] = move;
    }
    before = own;
  }
  let k = before.reduce((best, value, at) => (value > before[best]! ? at : best), 0);
  const path = new Array<number>(RING_DIRECTIONS);
  for (let a = rounds - 1; a >= RING_DIRECTIONS / 2; a--) {
    if (a < 1.5 * RING_DIRECTIONS) path[a % RING_DIRECTIONS] = k;
    k += moves[a * levels + k]!;
  }
  return path;
}

function judge(
  x: number,
  y: number,
  radii: Float64Array,
  path: readonly number[],
  strengths: Float64Array,
  levels: number,
): RingContour | undefined {
  const seen: number[] = [];
  let [covered, inner, run, gap] = [0, 0, 0, 0];
  // Twice around, so that a gap across the first direction is one.
  for (let turn = 0; turn < 2 * RING_DIRECTIONS; turn++) {
    const a = turn % RING_DIRECTIONS;
    const value = strengths[a * levels + path[a]!]!;
    run = value >= 0 && value < FAINT ? run + 1 : 0;
    gap = Math.max(gap, Math.min(run, RING_DIRECTIONS));
    if (turn >= RING_DIRECTIONS || value < 0) continue;
    seen.push(value);
    if (value > CLEAR) covered++;
    let most = 0;
    for (let k = 0; k < path[a]! - 3; k++) most = Math.max(most, strengths[a * levels + k]!);
    inner += most;
  }
  if (seen.length < (1 - MOST_OUTSIDE) * RING_DIRECTIONS) return undefined;
  const sorted = seen.slice().sort((p, q) => p - q);
  const corners = Array.from(radii, (radius, a): [number, number] => {
    const angle = (2 * Math.PI * a) / RING_DIRECTIONS;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  const area = polygonArea(corners.flat());
  return {
    x,
    y,
    radii,
    area,
    solidity: area / polygonArea(convexHull(corners)),
    strength: seen.reduce((sum, value) => sum + value, 0) / seen.length,
    lowerQuartile: sorted[seen.length >> 2]!,
    covered: covered / seen.length,
    gap: gap / RING_DIRECTIONS,
    inner: inner / seen.length,
  };
}
