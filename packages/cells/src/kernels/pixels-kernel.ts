import { placeArrays } from '@plateau/numerics/wasm';
import type { RowSubtraction } from '../raster/plain-subtraction.js';
import type { Raster } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction takes in beyond an array.
const MARGIN = 16;

/** What `plainBytes` does, in WebAssembly. */
export function bytesByKernel(kernels: RasterKernels, data: Float32Array): Uint8Array {
  const [values, bytes] = placeArrays(kernels, [4 * (data.length + MARGIN), data.length + MARGIN]) as [number, number];
  const { buffer } = kernels.memory;
  new Float32Array(buffer, values, data.length).set(data);
  kernels.roundToBytes(values, data.length, bytes);
  return new Uint8Array(buffer, bytes, data.length).slice();
}

/** What `plainHalved` does with an image of two pixels and more on each side, in WebAssembly. */
export function halvedByKernel(kernels: RasterKernels, { data, width, height }: Raster): Float32Array<ArrayBuffer> {
  const pixels = (width >> 1) * (height >> 1);
  const [image, result] = placeArrays(kernels, [4 * (data.length + MARGIN), 4 * (pixels + MARGIN)]) as [number, number];
  const { buffer } = kernels.memory;
  new Float32Array(buffer, image, data.length).set(data);
  kernels.halve(image, width, height, result);
  return new Float32Array(buffer, result, pixels).slice();
}

/** What `plainSubtraction` does, in WebAssembly; nothing else may use it until the result is taken. */
export function subtractionByKernel(kernels: RasterKernels, { data, width }: Raster): RowSubtraction {
  const [image, upper, lower] = placeArrays(kernels, [4 * data.length, 8 * width, 8 * width]) as [
    number,
    number,
    number,
  ];
  const { buffer } = kernels.memory;
  const pixels = new Float32Array(buffer, image, data.length);
  pixels.set(data);
  return {
    above: new Float64Array(buffer, upper, width),
    below: new Float64Array(buffer, lower, width),
    subtract: (y, share) => kernels.subtractBetween(image + 4 * y * width, width, upper, lower, share),
    result: () => pixels.slice(),
  };
}
