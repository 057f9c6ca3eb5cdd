import type { Raster } from '../raster/raster.js';

/** Mean 0, standard deviation 1; all 0 for an image of one value. */
export function standardise({ data, width, height }: Raster<ArrayLike<number>>): Raster {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) sum += data[i]!;
  const mean = sum / data.length;
  for (let i = 0; i < data.length; i++) squares += (data[i]! - mean) ** 2;
  const scale = squares > 0 ? 1 / Math.sqrt(squares / data.length) : 0;
  return { data: Float32Array.from({ length: data.length }, (_, i) => (data[i]! - mean) * scale), width, height };
}
