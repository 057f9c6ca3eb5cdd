import type { Raster } from './raster.js';

/** Dark for bright, 0 to 255. */
export function inverted({ data, width, height }: Raster): Raster {
  const result = new Float32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = 255 - data[i]!;
  return { data: result, width, height };
}
