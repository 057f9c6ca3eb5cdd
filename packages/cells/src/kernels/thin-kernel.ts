import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainSkeletonize` does, in WebAssembly. */
export function thinByKernel(
  kernels: RasterKernels,
  mask: Uint8Array,
  width: number,
  height: number,
): Uint8Array<ArrayBuffer> {
  const words = Math.ceil(width / 64);
  const [bytes, field, removed, dirty] = placeArrays(kernels, [
    width * height + 16,
    8 * ((height + 2) * (words + 1) + 1),
    8 * height * words,
    2 * (height + 2),
  ]) as [number, number, number, number];
  const pixels = new Uint8Array(kernels.memory.buffer, bytes, width * height);
  pixels.set(mask);
  kernels.thin(bytes, width, height, field, removed, dirty);
  return pixels.slice();
}
