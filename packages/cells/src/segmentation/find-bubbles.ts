import { squaredDistance } from '../raster/distance-transform.js';
import { hMaxima } from '../raster/h-maxima.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { lineTensor, type LineTensor } from './line-tensor.js';
import { RING_DIRECTIONS, traceRing, type RingContour } from './ring-contour.js';

/** Bubbles and the lines around them. */
export interface FoundBubbles {
  readonly labels: LabelMap;
  /** Where there is a dark line. */
  readonly lines: Mask;
}

// Lines of these strengths bound the open space in whose middles bubbles are looked for: gaps in rings differ.
const LINE_LEVELS = [0.25, 0.4, 0.6];

/**
 * Bubbles with a dark rim in liquid as bright as they are. Around each middle of open space a closed contour is traced
 * along the lines; contours that are rings all around are bubbles, the best and largest first, unless they overlap one, or
 * run along other bubbles' rims for most of their way, as the liquid's corners do.
 * @param image rims dark
 */
export function findBubbles(image: Raster<ArrayLike<number>>): FoundBubbles {
  const { width, height } = image;
  const lines = lineTensor(image);
  const rings = middlesOf(lines)
    .map(({ x, y, radius }) => ringAround(lines, x, y, radius))
    .filter((ring) => ring !== undefined && isRing(ring)) as RingContour[];
  rings.sort((a, b) => rank(b) - rank(a));
  const labels = new Int32Array(width * height);
  const rims = new Uint8Array(labels.length);
  let count = 0;
  for (const ring of rings) if (draw(ring, labels, rims, width, height, count + 1)) count++;
  const data = new Uint8Array(labels.length);
  for (let i = 0; i < data.length; i++) if (labels[i] === 0 && lines.strength[i]! > 0.5) data[i] = 1;
  return { labels: { data: labels, width, height, count }, lines: { data, width, height } };
}

/** Middles of open space between lines: maxima of the distance from them. */
function middlesOf({ strength, width, height }: LineTensor): { x: number; y: number; radius: number }[] {
  return LINE_LEVELS.flatMap((level) => {
    const open = new Uint8Array(strength.length);
    for (let i = 0; i < open.length; i++) if (strength[i]! < level) open[i] = 1;
    const squared = squaredDistance({ data: open, width, height }).data;
    const distance = Int32Array.from(squared, (value) => Math.round(16 * Math.sqrt(value)));
    const maxima = hMaxima({ data: distance, width, height }, 16);
    const found = Array.from({ length: maxima.count }, () => ({ x: 0, y: 0, radius: 0, n: 0 }));
    maxima.data.forEach((label, i) => {
      if (label === 0) return;
      const middle = found[label - 1]!;
      middle.x += i % width;
      middle.y += Math.floor(i / width);
      middle.radius = Math.max(middle.radius, distance[i]! / 16);
      middle.n++;
    });
    return found.filter(({ radius }) => radius >= 1.4).map(({ x, y, n, radius }) => ({ x: x / n, y: y / n, radius }));
  });
}

/** The ring around a point, and again around its own middle, where that is as good: then all its sides are seen alike. */
function ringAround(lines: LineTensor, x: number, y: number, radius: number): RingContour | undefined {
  const first = traceRing(lines, x, y, radius, { from: 0.8, to: 2.2 });
  if (!first) return undefined;
  let [mx, my, weight, mean] = [0, 0, 0, 0];
  first.radii.forEach((r, a) => {
    const angle = (2 * Math.PI * a) / RING_DIRECTIONS;
    mx += (2 / 3) * r ** 3 * Math.cos(angle);
    my += (2 / 3) * r ** 3 * Math.sin(angle);
    weight += r * r;
    mean += r / RING_DIRECTIONS;
  });
  const second = traceRing(lines, x + mx / weight, y + my / weight, 0.95 * mean, { from: 0.6, to: 1.5 });
  return second && second.strength >= first.strength - 0.03 ? second : first;
}

/** Limits between rings of bubbles and contours in the liquid, read off their quantiles on photographs of liquid foam. */
function isRing({ strength, covered, solidity, gap, lowerQuartile, inner, area }: RingContour): boolean {
  return (
    strength >= 0.45 &&
    covered >= 0.8 &&
    lowerQuartile >= 0.5 &&
    gap <= 0.1 &&
    inner <= 0.4 &&
    solidity >= 0.9 &&
    area >= 4 * Math.PI
  );
}

function rank({ lowerQuartile, area }: RingContour): number {
  return lowerQuartile * area ** 0.2;
}

// The rim's dark middle is the contour; the bubble ends half a pixel before it.
const RIM_INSET = 0.5;
const RIM_WIDTH = 1.5;
const MOST_SHARED = 0.65;
const MOST_OVERLAP = 0.3;

/** Draws a ring's inside with a label and its rim; false, and nothing drawn, when others were there. */
function draw(
  { x, y, radii }: RingContour,
  labels: Int32Array,
  rims: Uint8Array,
  width: number,
  height: number,
  label: number,
): boolean {
  let [shared, seen] = [0, 0];
  radii.forEach((radius, a) => {
    const angle = (2 * Math.PI * a) / RING_DIRECTIONS;
    const [px, py] = [Math.round(x + radius * Math.cos(angle)), Math.round(y + radius * Math.sin(angle))];
    if (px < 0 || py < 0 || px >= width || py >= height) return;
    seen++;
    shared += rims[py * width + px]!;
  });
  if (shared > MOST_SHARED * seen) return false;
  const reach = radii.reduce((most, radius) => Math.max(most, radius), 0) + RIM_WIDTH;
  const [inside, rim]: number[][] = [[], []];
  let [area, taken] = [0, 0];
  for (let v = Math.max(0, Math.ceil(y - reach)); v <= Math.min(height - 1, y + reach); v++) {
    for (let u = Math.max(0, Math.ceil(x - reach)); u <= Math.min(width - 1, x + reach); u++) {
      const [dx, dy] = [u - x, v - y];
      const turn = (Math.atan2(dy, dx) / (2 * Math.PI) + 1) * RING_DIRECTIONS;
      const a = Math.floor(turn);
      const radius =
        radii[a % RING_DIRECTIONS]! * (a + 1 - turn) + radii[(a + 1) % RING_DIRECTIONS]! * (turn - a) - RIM_INSET;
      const distance = Math.hypot(dx, dy);
      const i = v * width + u;
      if (distance <= radius + RIM_WIDTH) rim!.push(i);
      if (distance > radius) continue;
      area++;
      if (labels[i] !== 0) taken++;
      else inside!.push(i);
    }
  }
  if (area < 4 || taken > MOST_OVERLAP * area) return false;
  for (const i of inside!) labels[i] = label;
  for (const i of rim!) rims[i] = 1;
  return true;
}
