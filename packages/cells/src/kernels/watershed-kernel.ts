import type { FloodSettings } from '../raster/plain-watershed.js';
import type { Raster } from '../raster/raster.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainWatershed` does, in WebAssembly. */
export function watershedByKernel(
  kernels: RasterKernels,
  { data, width, height }: Raster<Int32Array>,
  markers: Int32Array,
  { least, count, mask, ridges }: FloodSettings,
): Int32Array<ArrayBuffer> {
  const pixels = width * height;
  const framed = (width + 2) * (height + 2) + 4;
  const [heights, labels, inside, states, levels, next, first, last] = placeArrays(kernels, [
    4 * pixels,
    4 * pixels,
    pixels,
    4 * framed,
    2 * framed,
    4 * framed,
    4 * count,
    4 * count,
  ]) as [number, number, number, number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, heights, pixels).set(data);
  const result = new Int32Array(buffer, labels, pixels);
  result.set(markers);
  if (mask) new Uint8Array(buffer, inside, pixels).set(mask);
  new Int32Array(buffer, first, count).fill(-1);
  kernels.watershed(
    heights,
    labels,
    mask ? inside : 0,
    width,
    height,
    least,
    states,
    levels,
    next,
    first,
    last,
    count,
    ridges ? 1 : 0,
  );
  return result.slice();
}
