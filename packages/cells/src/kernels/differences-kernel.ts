import { placeArrays } from '@plateau/numerics/wasm';
import type { Raster } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction reads beyond the image.
const MARGIN = 4;

/** What `plainLaplacianSums` does, in WebAssembly. */
export function laplacianSumsByKernel(kernels: RasterKernels, image: Raster): { squares: number; cubes: number } {
  const { address, sums } = placeImage(kernels, image);
  const result = new Float64Array(kernels.memory.buffer, sums, 2).fill(0);
  kernels.laplacianSums(address, image.width, image.height, sums);
  return { squares: result[0]!, cubes: result[1]! };
}

/** Sum of the absolute values of `planeResidual` over an image's inner pixels, in WebAssembly and single precision. */
export function planeResidualSumByKernel(kernels: RasterKernels, image: Raster): number {
  return kernels.planeResidualSum(placeImage(kernels, image).address, image.width, image.height);
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

function placeImage(kernels: RasterKernels, { data }: Raster): { readonly address: number; readonly sums: number } {
  const [sums, address] = placeArrays(kernels, [16, 4 * (data.length + MARGIN)]) as [number, number];
  new Float32Array(kernels.memory.buffer, address, data.length).set(data);
  return { address, sums };
}
