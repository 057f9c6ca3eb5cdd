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
export function floodBasins(relief: Raster<Int32Array>, h: number): LabelMap {
  const { data, width, height } = relief;
  let least = data[0]!;
  let greatest = least;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    least = value < least ? value : least;
    greatest = value > greatest ? value : greatest;
  }
  if (greatest - least > 65535) {
    throw new RangeError(`floodBasins: heights are ${greatest - least} apart, expected at most 65535; scale them`);
  }
  const kernels = rasterKernels(data.length);
  const options = { least, greatest, h };
  return numbered(kernels ? floodByKernel(kernels, relief, options) : plainFlood(relief, options), width, height);
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
