import type { PixelRuns } from '../raster/pixel-runs.js';
import type { Raster } from '../raster/raster.js';
import { placeArrays } from '@plateau/numerics/wasm';
import type { RasterKernels } from './raster-kernels.js';

/** What `plainLabelRuns` does, in WebAssembly. */
export function labelRunsByKernel(kernels: RasterKernels, { data, width, height }: Raster<Int32Array>): PixelRuns {
  const pixels = width * height;
  const [labels, starts, ends, names, rows] = placeArrays(kernels, [
    4 * (pixels + 4),
    4 * pixels,
    4 * pixels,
    4 * pixels,
    4 * (height + 1),
  ]) as [number, number, number, number, number];
  const { buffer } = kernels.memory;
  new Int32Array(buffer, labels, pixels).set(data);
  const count = kernels.labelRuns(labels, width, height, starts, ends, names, rows);
  return {
    starts: new Int32Array(buffer, starts, count).slice(),
    ends: new Int32Array(buffer, ends, count).slice(),
    labels: new Int32Array(buffer, names, count).slice(),
    rows: new Int32Array(buffer, rows, height + 1).slice(),
  };
}
