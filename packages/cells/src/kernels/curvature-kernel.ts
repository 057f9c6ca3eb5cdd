import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainCurvature` does, in WebAssembly. */
export function curvatureByKernel(
  kernels: RasterKernels,
  data: Float32Array,
  width: number,
  height: number,
  scale: number,
): Float32Array<ArrayBuffer> {
  const pixels = width * height;
  const [image, result] = placeArrays(kernels, [4 * pixels, 4 * pixels]) as [number, number];
  const { buffer } = kernels.memory;
  new Float32Array(buffer, image, pixels).set(data);
  kernels.lineCurvature(image, width, height, scale, result);
  return new Float32Array(buffer, result, pixels).slice();
}
