import type { Raster } from './raster.js';

/** Floods of a framed image, from 1 on. */
export interface Floods {
  /** The flood of each pixel, 0 in the frame. */
  readonly labels: Int32Array;
  /** The flood that each flood became part of; itself for those that are left. */
  readonly parents: Int32Array;
}

export interface FloodOptions {
  /** The lowest height. */
  readonly least: number;
  readonly greatest: number;
  /** Floods that meet before the shallower has risen so much become one. */
  readonly h: number;
}

/** Floods an image pixel by pixel, without WebAssembly. */
export function plainFlood({ data, width, height }: Raster<Int32Array>, { least, greatest, h }: FloodOptions): Floods {
  // A frame of 0 around the labels saves every test of the border.
  const stride = width + 2;
  const values = new Int32Array(stride * (height + 2));
  for (let y = 0; y < height; y++) values.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  const order = byHeight({ data, width, height }, least, greatest);
  const labels = new Int32Array(values.length);
  const around = Int32Array.of(-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1);
  const parents = new Int32Array(order.length + 1);
  const depths = new Int32Array(order.length + 1);
  let count = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const own = soleFlood(labels, parents, around, i);
    if (own > 0) labels[i] = own;
    else if (own < 0) labels[i] = meetFloods(labels, values, parents, depths, h, around, i);
    else {
      labels[i] = ++count;
      parents[count] = count;
      depths[count] = values[i]!;
    }
  }
  return { labels, parents: parents.subarray(0, count + 1) };
}

/** Indices into the framed image, lowest first, in reading order at one height (a counting sort). */
function byHeight({ data, width, height }: Raster<Int32Array>, least: number, greatest: number): Int32Array {
  const starts = new Int32Array(greatest - least + 2);
  for (let i = 0; i < data.length; i++) starts[data[i]! - least + 1]!++;
  for (let level = 1; level < starts.length; level++) starts[level]! += starts[level - 1]!;
  const order = new Int32Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) order[starts[data[i]! - least]!++] = (y + 1) * (width + 2) + x + 1;
  }
  return order;
}

/** The one flood beside a pixel, as for nearly all; 0 when there is none yet, −1 when there are several. */
function soleFlood(labels: Int32Array, parents: Int32Array, around: Int32Array, i: number): number {
  let own = 0;
  for (let n = 0; n < 8; n++) {
    const j = i + around[n]!;
    const label = labels[j]!;
    if (label === own || label === 0) continue;
    const root = rootOf(parents, label);
    // The next pixel that looks here need not search.
    labels[j] = root;
    if (own === 0) own = root;
    else if (root !== own) return -1;
  }
  return own;
}

/** Joins the floods around a pixel, as far as they are not too deep, and tells which of those left it belongs to. */
function meetFloods(
  labels: Int32Array,
  values: Int32Array,
  parents: Int32Array,
  depths: Int32Array,
  h: number,
  around: Int32Array,
  i: number,
): number {
  const value = values[i]!;
  let own = 0;
  let lowest = 0;
  for (let n = 0; n < 8; n++) {
    const j = i + around[n]!;
    if (labels[j] === 0) continue;
    const other = rootOf(parents, labels[j]!);
    if (own === 0) {
      own = other;
      lowest = values[j]!;
    } else if (other !== own) {
      const isDeeper = depths[own]! <= depths[other]!;
      const deep = isDeeper ? own : other;
      const shallow = isDeeper ? other : own;
      if (value - depths[shallow]! < h) {
        parents[shallow] = deep;
        own = deep;
      } else if (values[j]! < lowest) own = other;
    }
    if (values[j]! < lowest) lowest = values[j]!;
  }
  return own;
}

function rootOf(parents: Int32Array, flood: number): number {
  while (parents[flood] !== flood) flood = parents[flood] = parents[parents[flood]!]!;
  return flood;
}
