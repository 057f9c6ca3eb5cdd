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
  const parents = new Int32Array(data.length + 1);
  const depths = new Int32Array(data.length + 1);
  let floods = 0;
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const value = values[i]!;
    let own = 0;
    let lowest = 0;
    let last = 0;
    for (let n = 0; n < 8; n++) {
      const j = i + around[n]!;
      const label = labels[j]!;
      if (label === 0) continue;
      if (label === last) {
        if (values[j]! < lowest) lowest = values[j]!;
        continue;
      }
      let other = label;
      while (parents[other] !== other) other = parents[other] = parents[parents[other]!]!;
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
      // Most neighbours are of the flood just met.
      last = other === own ? label : 0;
    }
    if (own === 0) {
      own = ++floods;
      parents[own] = own;
      depths[own] = value;
    }
    labels[i] = own;
  }
  return numbered(labels, parents, floods, width, height);
}

/** Indices into the framed image, lowest first, in reading order at one height (a counting sort). */
function byHeight(data: Int32Array, width: number, height: number): Int32Array {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < least) least = data[i]!;
    if (data[i]! > greatest) greatest = data[i]!;
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
  for (let flood = 1; flood <= floods; flood++) {
    let root = flood;
    while (parents[root] !== root) root = parents[root]!;
    numbers[flood] = numbers[root]!;
  }
  const data = new Int32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) data[i] = numbers[framed[(y + 1) * (width + 2) + x + 1]!]!;
  }
  return { data, width, height, count };
}
