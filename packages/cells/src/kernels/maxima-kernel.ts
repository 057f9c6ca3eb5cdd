import type { LabelMap, Raster } from '../raster/raster.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainMaxima` does, in WebAssembly. */
export function maximaByKernel(
  kernels: RasterKernels,
  { data, width, height }: Raster<Int32Array>,
  step: number,
  floor: number,
): LabelMap {
  const framed = (width + 2) * (height + 2) + 4;
  const [image, limit, raised, queue, queued] = placeArrays(kernels, [
    4 * width * height,
    4 * framed,
    4 * framed,
    4 * framed,
    framed,
  ]) as [number, number, number, number, number];
  const pixels = new Int32Array(kernels.memory.buffer, image, width * height);
  pixels.set(data);
  const count = kernels.hMaxima(image, width, height, step, floor, limit, raised, queue, queued);
  return { data: pixels.slice(), width, height, count };
}
