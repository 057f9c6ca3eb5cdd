import type { LabelMap, Raster } from './raster.js';

/**
 * The basins of a relief that are at least `h` deep: the watershed of its h-minima, by one flood in the order of height
 * with a union-find (after Meyer 1994 and Najman and Couprie 2006). Two floods that meet before the shallower has risen
 * by `h` become one; others go on side by side. No line is left between basins: each pixel is in one.
 * @param relief whole numbers, at most 65535 apart
 * @param h least depth of a basin
 * @throws RangeError when heights are too far apart
 * @example floodBasins({ data: Int32Array.of(0, 9, 1, 2, 1), width: 5, height: 1 }, 3).count // => 2
 */
export function floodBasins({ data, width, height }: Raster<Int32Array>, h: number): LabelMap {
  // A frame of 0 around the labels saves every test of the border.
  const stride = width + 2;
  const labels = new Int32Array(stride * (height + 2));
  const values = new Int32Array(labels.length);
  for (let y = 0; y < height; y++) values.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  const order = byHeight(data, width, height);
  const around = Int32Array.of(-1, 1, -stride, stride, -stride - 1, -stride + 1, stride - 1, stride + 1);
  const floods: Floods = { parents: new Int32Array(data.length + 1), depths: new Int32Array(data.length + 1), h };
  let count = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const own = soleFlood(labels, floods.parents, around, i);
    if (own > 0) labels[i] = own;
    else if (own < 0) labels[i] = meetFloods(labels, values, floods, around, i);
    else {
      labels[i] = ++count;
      floods.parents[count] = count;
      floods.depths[count] = values[i]!;
    }
  }
  return numbered(labels, floods.parents, count, width, height);
}

/** Floods that became one point to it; the lowest height of each. */
interface Floods {
  readonly parents: Int32Array;
  readonly depths: Int32Array;
  readonly h: number;
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
  { parents, depths, h }: Floods,
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

/** Indices into the framed image, lowest first, in reading order at one height (a counting sort). */
function byHeight(data: Int32Array, width: number, height: number): Int32Array {
  let least = data[0]!;
  let greatest = least;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  if (greatest - least > 65535) {
    throw new RangeError(`floodBasins: heights are ${greatest - least} apart, expected at most 65535; scale them`);
  }
  const starts = new Int32Array(greatest - least + 2);
  for (let i = 0; i < data.length; i++) starts[data[i]! - least + 1]!++;
  for (let level = 1; level < starts.length; level++) starts[level]! += starts[level - 1]!;
  const order = new Int32Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) order[starts[data[i]! - least]!++] = (y + 1) * (width + 2) + x + 1;
  }
  return order;
}

function numbered(framed: Int32Array, parents: Int32Array, floods: number, width: number, height: number): LabelMap {
  const numbers = new Int32Array(floods + 1);
  let count = 0;
  for (let flood = 1; flood <= floods; flood++) if (parents[flood] === flood) numbers[flood] = ++count;
  for (let flood = 1; flood <= floods; flood++) numbers[flood] = numbers[rootOf(parents, flood)]!;
  const data = new Int32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * (width + 2) + 1; x < width; x++, i++, f++) data[i] = numbers[framed[f]!]!;
  }
  return { data, width, height, count };
}
