import type { Floods } from '../raster/plain-flood.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainFlood` does, in WebAssembly. */
export function floodByKernel(
  kernels: RasterKernels,
  order: Int32Array,
  values: Int32Array,
  stride: number,
  h: number,
): Floods {
  const pixels = order.length;
  const [orders, heights, labels, parents, depths] = placeArrays(kernels, [
    4 * pixels,
    4 * values.length,
    4 * values.length,
    4 * (pixels + 1),
    4 * (pixels + 1),
  ]) as [number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, orders, pixels).set(order);
  new Int32Array(buffer, heights, values.length).set(values);
  new Int32Array(buffer, labels, values.length).fill(0);
  const count = kernels.flood(orders, pixels, heights, labels, stride, parents, depths, h);
  return {
    labels: new Int32Array(buffer, labels, values.length).slice(),
    parents: new Int32Array(buffer, parents, count + 1).slice(),
  };
}
