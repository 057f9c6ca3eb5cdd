import { placeArrays } from '@plateau/numerics/wasm';
import type { LabelMap } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction reads beyond a row on either side.
const MARGIN = 4;

/** What `plainMajority` does, in WebAssembly. */
export function majorityByKernel(
  kernels: RasterKernels,
  { data, width, height }: LabelMap,
  cell: Uint8Array,
  steps: Int8Array,
): Uint8Array {
  const pixels = width * height;
  const room = pixels + MARGIN;
  const [labels, cells, distances, shown, result] = placeArrays(kernels, [
    4 * room,
    room,
    room,
    12 * (width + 2 * MARGIN),
    room,
  ]) as [number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, labels, pixels).set(data);
  new Uint8Array(buffer, cells, pixels).set(cell);
  new Int8Array(buffer, distances, pixels).set(steps);
  kernels.majority(labels, cells, distances, width, height, shown, result);
  return new Uint8Array(buffer, result, pixels).slice();
}
