import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

// What a last instruction takes in beyond an array.
const LANES = 8;
// Columns that the kernel looks beyond a row on each side, and those that its last instruction takes in.
const MARGIN = 2 * 64 + 4;

interface Size {
  readonly width: number;
  readonly height: number;
}

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
  size: Size,
  reach: Reach,
): Int32Array<ArrayBuffer> {
  return throughMask(kernels, mask, size, ({ bytes, distances, room }) => {
    kernels.columnDistances(bytes, size.width, size.height, distances, reach.far);
    kernels.rowDistances(distances, size.width, size.height, mostOf(reach), room);
  });
}

/** Squared distances to the other phase of a mask of 0 and 1, below 0 where it is 0, in WebAssembly. */
export function signedDistancesByKernel(
  kernels: RasterKernels,
  mask: Uint8Array,
  size: Size,
  reach: Reach,
): Int32Array<ArrayBuffer> {
  return throughMask(kernels, mask, size, ({ bytes, distances, room }) => {
    kernels.columnSteps(bytes, size.width, size.height, distances, reach.far);
    kernels.signedRows(bytes, distances, size.width, size.height, mostOf(reach), room);
  });
}

/** Where a mask and its distances lie. */
interface PlacedMask {
  readonly bytes: number;
  readonly distances: number;
  readonly room: number;
}

function throughMask(
  kernels: RasterKernels,
  mask: Uint8Array,
  { width, height }: Size,
  run: (placed: PlacedMask) => void,
): Int32Array<ArrayBuffer> {
  const pixels = width * height;
  const [bytes, distances, room] = placeArrays(kernels, [
    pixels + LANES,
    4 * (pixels + LANES),
    36 * (width + 32) + 1024,
  ]) as [number, number, number];
  const { buffer } = kernels.memory;
  new Uint8Array(buffer, bytes, pixels).set(mask);
  run({ bytes, distances, room });
  return new Int32Array(buffer, distances, pixels).slice();
}

/** Squares have 32 bits. */
function mostOf({ far, most }: Reach): number {
  return Math.min(most, far * far, 2 ** 30);
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
  const [names, distances, squares, rowNames, hull] = placeArrays(kernels, [
    4 * width * height,
    4 * width * height,
    4 * (width + MARGIN),
    4 * (width + MARGIN),
    12 * width,
  ]) as [number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, names, width * height).set(labels);
  kernels.columnLabels(names, width, height, distances, far);
  kernels.rowLabels(distances, names, width, height, far * far, squares, rowNames, hull);
  return {
    nearest: new Int32Array(buffer, names, width * height).slice(),
    squared: new Int32Array(buffer, distances, width * height).slice(),
  };
}
