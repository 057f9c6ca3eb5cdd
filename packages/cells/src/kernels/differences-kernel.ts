import { placeArrays } from '@plateau/numerics/wasm';
import type { Raster } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction reads beyond the image.
const MARGIN = 4;

/** What `plainLaplacianSquares` does, in WebAssembly. */
export function laplacianSquaresByKernel(kernels: RasterKernels, image: Raster): number {
  return kernels.laplacianSquares(placeImage(kernels, image), image.width, image.height);
}

/** Sum of the absolute values of `planeResidual` over an image's inner pixels, in WebAssembly and single precision. */
export function planeResidualSumByKernel(kernels: RasterKernels, image: Raster): number {
  return kernels.planeResidualSum(placeImage(kernels, image), image.width, image.height);
}

/** What `plainResidualCounts` does, in WebAssembly and single precision. */
export function residualCountsByKernel(kernels: RasterKernels, image: Raster, bins: number): Int32Array {
  const { data, width, height } = image;
  const [address, numbers, line] = placeArrays(kernels, [
    4 * (data.length + MARGIN),
    4 * bins,
    4 * (width + MARGIN),
  ]) as [number, number, number];
  const { buffer } = kernels.memory;
  new Float32Array(buffer, address, data.length).set(data);
  const counts = new Int32Array(buffer, numbers, bins).fill(0);
  kernels.countResiduals(address, width, height, numbers, bins - 1, line);
  return counts.slice();
}

function placeImage(kernels: RasterKernels, { data }: Raster): number {
  const [address] = placeArrays(kernels, [4 * (data.length + MARGIN)]) as [number];
  new Float32Array(kernels.memory.buffer, address, data.length).set(data);
  return address;
}
