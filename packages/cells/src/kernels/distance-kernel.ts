import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

// Columns that the kernel looks beyond a row on each side, and those that its last instruction takes in.
const MARGIN = 2 * 64 + 4;

/** How far distances go. */
interface Reach {
  /** Distance of a column without any 0. */
  readonly far: number;
  /** Greatest squared distance. */
  readonly most: number;
}

/** Squared distances to the nearest 0 of a mask in WebAssembly. */
export function distancesByKernel(
  kernels: RasterKernels,
  mask: Uint8Array,
  width: number,
  height: number,
  { far, most }: Reach,
): Int32Array<ArrayBuffer> {
  const [bytes, distances, squares, sites, lifts] = placeArrays(kernels, [
    width * height,
    4 * width * height,
    4 * (width + MARGIN),
    4 * width,
    8 * width,
  ]) as [number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Uint8Array(buffer, bytes, width * height).set(mask);
  kernels.columnDistances(bytes, width, height, distances, far);
  kernels.rowDistances(distances, width, height, Math.min(most, far * far), squares, sites, lifts);
  return new Int32Array(buffer, distances, width * height).slice();
}

/**
 * The label of the nearest labelled pixel, and its squared distance, in WebAssembly.
 * @param far distance of a column without any label
 */
export function nearestLabelsByKernel(
  kernels: RasterKernels,
  labels: Int32Array,
  width: number,
  height: number,
  far: number,
): { readonly nearest: Int32Array; readonly squared: Int32Array } {
  const [names, distances, squares, rowNames, sites, lifts] = placeArrays(kernels, [
    4 * width * height,
    4 * width * height,
    4 * (width + MARGIN),
    4 * (width + MARGIN),
    4 * width,
    8 * width,
  ]) as [number, number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, names, width * height).set(labels);
  kernels.columnLabels(names, width, height, distances, far);
  kernels.rowLabels(distances, names, width, height, far * far, squares, rowNames, sites, lifts);
  return {
    nearest: new Int32Array(buffer, names, width * height).slice(),
    squared: new Int32Array(buffer, distances, width * height).slice(),
  };
}
