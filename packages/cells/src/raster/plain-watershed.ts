import type { Raster } from './raster.js';

/** What a flood takes beside heights and markers. */
export interface FloodSettings {
  /** The lowest height, and how many levels there are from it on. */
  readonly least: number;
  readonly count: number;
  /** 0 where no flood goes. */
  readonly mask: Uint8Array | undefined;
  readonly ridges: boolean;
}

/** What `watershed` does without WebAssembly. */
export function plainWatershed(
  { data, width, height }: Raster<Int32Array>,
  markers: Int32Array,
  { least, count, mask, ridges }: FloodSettings,
): Int32Array<ArrayBuffer> {
  // A frame that no flood may enter saves every test of the border.
  const stride = width + 2;
  const states = new Int32Array(stride * (height + 2)).fill(CLOSED);
  const levels = new Uint16Array(states.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * stride + 1; x < width; x++, i++, f++) {
      if (mask && !mask[i]) continue;
      states[f] = markers[i]!;
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
  return labels;
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
