import { placeArrays } from '@plateau/numerics/wasm';
import type { LevelCrossings } from '../raster/plain-crossings.js';
import type { Raster } from '../raster/raster.js';
import type { RasterKernels } from './raster-kernels.js';

// Values that an instruction reads beyond the image or a line.
const MARGIN = 4;
const LEVELS = 257;

/** What `plainCrossings` does, in WebAssembly. */
export function crossingsByKernel(kernels: RasterKernels, { data, width, height }: Raster): LevelCrossings {
  const [image, notes, lines] = placeArrays(kernels, [
    4 * (data.length + MARGIN),
    16 * LEVELS,
    16 * (width + MARGIN),
  ]) as [number, number, number];
  const { buffer } = kernels.memory;
  new Float32Array(buffer, image, data.length).set(data);
  const pairs = new Float64Array(buffer, notes, 2 * LEVELS).fill(0);
  kernels.crossLevels(image, width, height, notes, lines);
  return {
    slopes: Float64Array.from({ length: LEVELS }, (_, level) => pairs[2 * level]!),
    lengths: Float64Array.from({ length: LEVELS }, (_, level) => pairs[2 * level + 1]!),
  };
}
