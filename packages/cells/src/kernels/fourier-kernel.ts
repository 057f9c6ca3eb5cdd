import { radix2Tables, type TransformTables } from '../raster/fourier-transform.js';
import type { Raster } from '../raster/raster.js';
import type { ProductSize } from '../raster/self-products.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainSelfProducts` does, in WebAssembly, for sizes that are powers of two. */
export function productsByKernel(
  kernels: RasterKernels,
  image: Raster,
  { width, height, rows }: ProductSize,
): Float64Array<ArrayBuffer> {
  // Columns are taken eight at a time.
  const stride = Math.ceil((width / 2 + 1) / 8) * 8;
  const longest = Math.max(width, height);
  const [pixels, re, im, lines, result, cos, sin, swaps] = placeArrays(kernels, [
    4 * image.data.length,
    8 * stride * height,
    8 * stride * height,
    8 * 16 * longest,
    8 * width * rows,
    8 * longest,
    8 * longest,
    8 * longest,
  ]) as [number, number, number, number, number, number, number, number];
  const { buffer } = kernels.memory;
  const use = (tables: TransformTables): void => {
    const n = tables.cos.length;
    new Float64Array(buffer, cos, n).set(tables.cos);
    new Float64Array(buffer, sin, n).set(tables.sin);
    new Int32Array(buffer, swaps, tables.swaps.length).set(tables.swaps);
    kernels.setTransform(n, cos, sin, swaps, tables.swaps.length / 2);
  };
  const [along, down] = [radix2Tables(width), radix2Tables(height)];
  new Float32Array(buffer, pixels, image.data.length).set(image.data);
  new Uint8Array(buffer, re, im - re + 8 * stride * height).fill(0);
  use(along);
  kernels.transformRows(pixels, image.width, image.height, re, im, stride, lines);
  use(down);
  kernels.multiplyColumns(re, im, stride, rows, lines);
  use(along);
  kernels.invertRows(re, im, stride, rows, lines, result);
  return new Float64Array(buffer, result, width * rows).slice();
}
