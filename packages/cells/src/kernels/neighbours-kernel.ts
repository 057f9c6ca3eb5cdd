import type { LabelMap, Mask } from '../raster/raster.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

// Bytes that instructions reach beyond an array on both sides.
const MARGIN = 16;

/** What `plainThreeByThree` does, in WebAssembly. */
export function threeByThreeByKernel(
  kernels: RasterKernels,
  { data, width, height }: Mask,
  isErosion: boolean,
): Uint8Array<ArrayBuffer> {
  const pixels = width * height;
  const room = MARGIN + pixels + MARGIN;
  const [mask, rows, result] = placeArrays(kernels, [room, room, room]) as [number, number, number];
  const { buffer } = kernels.memory;
  new Uint8Array(buffer, mask + MARGIN, pixels).set(data);
  kernels.threeByThree(mask + MARGIN, width, height, isErosion ? 1 : 0, rows + MARGIN, result + MARGIN);
  return new Uint8Array(buffer, result + MARGIN, pixels).slice();
}

/** What `plainInnerPixels` does, in WebAssembly. */
export function innerPixelsByKernel(
  kernels: RasterKernels,
  { data, width, height }: LabelMap,
): Uint8Array<ArrayBuffer> {
  const pixels = width * height;
  const [labels, result] = placeArrays(kernels, [4 * (pixels + 2 * MARGIN), pixels + MARGIN]) as [number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, labels + 4 * MARGIN, pixels).set(data);
  kernels.innerPixels(labels + 4 * MARGIN, width, height, result);
  return new Uint8Array(buffer, result, pixels).slice();
}
