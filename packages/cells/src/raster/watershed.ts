import { requireSameSize, type LabelMap, type Mask, type Raster } from './raster.js';

/** How a watershed floods. */
export interface WatershedOptions {
  /** Floods only here. */
  readonly mask?: Mask;
  /** Leaves pixels where two floods meet at 0, so that regions are parted by lines; true by default. */
  readonly ridges?: boolean;
}

/**
 * Marker-controlled watershed (Meyer 1994): floods rise from the markers, pixel by pixel in the order of height and, at
 * one height, of arrival. Floods are 8-connected.
 * @param heights whole numbers, at most 65535 apart
 * @returns the markers' labels, grown over the mask; 0 on ridges and where no flood came
 * @throws RangeError when sizes differ or heights are too far apart
 */
export function watershed(
  heights: Raster<Int32Array>,
  markers: LabelMap,
  { mask, ridges = true }: WatershedOptions = {},
): LabelMap {
  requireSameSize('watershed', heights, markers);
  if (mask) requireSameSize('watershed', heights, mask);
  const { width, height, data } = heights;
  const { least, count } = levelsOf(data);
  // A frame that no flood may enter saves every test of the border.
  const stride = width + 2;
  const states = new Int32Array(stride * (height + 2)).fill(CLOSED);
  const levels = new Uint16Array(states.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * stride + 1; x < width; x++, i++, f++) {
      if (mask && !mask.data[i]) continue;
      states[f] = markers.data[i]!;
      levels[f] = data[i]! - least;
    }
  }
  const queue: LevelQueue = {
    first: new Int32Array(count).fill(-1),
    last: new Int32Array(count),
    next: new Int32Array(states.length),
  };
  flood(states, levels, queue, stride, ridges);
  const labels = new Int32Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * stride + 1; x < width; x++, i++, f++) if (states[f]! > 0) labels[i] = states[f]!;
  }
  return { data: labels, width, height, count: markers.count };
}

// State of a pixel that no flood may enter: a ridge, or outside. Others: 0 is dry, a label flooded, and a label with a
// minus waits to be flooded by the one that came first.
const CLOSED = -(2 ** 31);

/** A queue for each level: pixels wait in a linked list, each at most once. */
interface LevelQueue {
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly next: Int32Array;
}

function flood(states: Int32Array, levels: Uint16Array, queue: LevelQueue, stride: number, ridges: boolean): void {
  const around = Int32Array.of(-1, 1, -stride, -stride - 1, -stride + 1, stride, stride - 1, stride + 1);
  for (let i = 0; i < states.length; i++) if (states[i]! > 0) pushAround(states, levels, queue, around, i, 0);
  const { first, next } = queue;
  for (let level = 0; level < first.length; level++) {
    for (let i = first[level]!; i !== -1; i = first[level]!) {
      first[level] = next[i]!;
      const label = -states[i]!;
      if (ridges && meetsOther(states, around, i, label)) states[i] = CLOSED;
      else {
        states[i] = label;
        pushAround(states, levels, queue, around, i, level);
      }
    }
  }
}

function meetsOther(states: Int32Array, around: Int32Array, i: number, label: number): boolean {
  for (let k = 0; k < 8; k++) {
    const other = states[i + around[k]!]!;
    if (other > 0 && other !== label) return true;
  }
  return false;
}

/** Queues the dry neighbours of a flooded pixel, none below the level that the flood has reached. */
function pushAround(
  states: Int32Array,
  levels: Uint16Array,
  { first, last, next }: LevelQueue,
  around: Int32Array,
  i: number,
  reached: number,
): void {
  const waiting = -states[i]!;
  for (let k = 0; k < 8; k++) {
    const j = i + around[k]!;
    if (states[j] !== 0) continue;
    states[j] = waiting;
    const level = levels[j]! > reached ? levels[j]! : reached;
    next[j] = -1;
    if (first[level] === -1) first[level] = j;
    else next[last[level]!] = j;
    last[level] = j;
  }
}

function levelsOf(data: Int32Array): { least: number; count: number } {
  let least = data[0]!;
  let greatest = least;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const count = greatest - least + 1;
  if (count > 65536) {
    throw new RangeError(`watershed: heights are ${count - 1} apart, expected at most 65535; scale them`);
  }
  return { least, count };
}
