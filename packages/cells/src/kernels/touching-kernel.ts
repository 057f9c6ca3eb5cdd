import { placeArrays } from '@plateau/numerics/wasm';
import type { LabelMap } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction reads beyond the row below.
const MARGIN = 17;

/** What `plainTouchingPixels` does, in WebAssembly. */
export function touchingPixelsByKernel(
  kernels: RasterKernels,
  { data, width, height }: LabelMap,
  withCorners: boolean,
): Int32Array {
  const pixels = width * height;
  const [labels, found] = placeArrays(kernels, [4 * (pixels + width + MARGIN), 4 * pixels]) as [number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, labels, pixels).set(data);
  const count = kernels.touchingPixels(labels, width, height, withCorners ? 1 : 0, found);
  return new Int32Array(buffer, found, count).slice();
}
