import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/**
 * Convolves an image with a symmetric kernel along rows and columns, mirrored at the border, in WebAssembly.
 * @param kernel weights from the middle outwards
 */
export function blurByKernel(
  kernels: RasterKernels,
  values: ArrayLike<number>,
  width: number,
  height: number,
  kernel: Float64Array,
): Float32Array<ArrayBuffer> {
  const radius = kernel.length - 1;
  // The loops take four pixels at a time.
  const stride = Math.ceil(width / 4) * 4;
  const [image, weights, line, rows] = placeArrays(kernels, [
    4 * width * height,
    8 * kernel.length,
    8 * (stride + 2 * radius),
    8 * stride * (height + 2 * radius),
  ]) as [number, number, number, number];
  const { buffer } = kernels.memory;
  const pixels = new Float32Array(buffer, image, width * height);
  pixels.set(values);
  new Float64Array(buffer, weights, kernel.length).set(kernel);
  const first = rows + 8 * stride * radius;
  kernels.blurRows(image, width, height, weights, radius, line, first, stride);
  kernels.blurColumns(image, width, height, weights, radius, line, first, stride);
  return pixels.slice();
}
