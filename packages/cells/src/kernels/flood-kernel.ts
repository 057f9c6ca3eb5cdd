import { placeArrays } from '@plateau/numerics/wasm';
import type { FloodOptions, Floods } from '../raster/plain-flood.js';
import type { Raster } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

/**
 * What `plainFlood` does, in WebAssembly.
 * @returns views of the kernels' memory, which the next kernel writes over
 */
export function floodByKernel(
  kernels: RasterKernels,
  { data, width, height }: Raster<Int32Array>,
  { least, greatest, h }: FloodOptions,
): Floods {
  const pixels = data.length;
  const stride = width + 2;
  const framed = stride * (height + 2);
  const levels = greatest - least + 2;
  const [order, heights, labels, parents, depths, starts] = placeArrays(kernels, [
    4 * pixels,
    4 * framed,
    4 * framed,
    4 * (pixels + 1),
    4 * (pixels + 1),
    4 * levels,
  ]) as [number, number, number, number, number, number];
  const { buffer } = kernels.memory;
  const values = new Int32Array(buffer, heights, framed);
  for (let y = 0; y < height; y++) values.set(data.subarray(y * width, (y + 1) * width), (y + 1) * stride + 1);
  new Int32Array(buffer, starts, levels).fill(0);
  kernels.sortByHeight(heights, stride, height, least, starts, levels, order);
  const floods = new Int32Array(buffer, labels, framed).fill(0);
  const count = kernels.flood(order, pixels, heights, labels, stride, parents, depths, h);
  return { labels: floods, parents: new Int32Array(buffer, parents, count + 1) };
}
