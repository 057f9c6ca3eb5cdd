import { floodByKernel } from '../kernels/flood-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainFlood, type Floods } from './plain-flood.js';
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
  const values = new Int32Array(stride * (height + 2));
  for (let y = 0; y < height; y++) values.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  const order = byHeight(data, width, height);
  const kernels = rasterKernels(data.length);
  const floods = kernels ? floodByKernel(kernels, order, values, stride, h) : plainFlood(order, values, stride, h);
  return numbered(floods, width, height);
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

function numbered({ labels, parents }: Floods, width: number, height: number): LabelMap {
  const numbers = new Int32Array(parents.length);
  let count = 0;
  for (let flood = 1; flood < parents.length; flood++) if (parents[flood] === flood) numbers[flood] = ++count;
  for (let flood = 1; flood < parents.length; flood++) {
    let root = flood;
    while (parents[root] !== root) root = parents[root]!;
    numbers[flood] = numbers[root]!;
  }
  const data = new Int32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0, f = (y + 1) * (width + 2) + 1; x < width; x++, i++, f++) data[i] = numbers[labels[f]!]!;
  }
  return { data, width, height, count };
}
