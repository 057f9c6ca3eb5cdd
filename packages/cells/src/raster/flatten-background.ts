import { boxMean } from './box-mean.js';
import type { Raster } from './raster.js';

/**
 * Takes uneven brightness out: subtracts the image's mean over a wide window (three box means, which come close to a
 * Gaussian of standard deviation radius·1.7) and adds the overall mean back.
 * @param radius of the window in pixels; some cells wide, or walls are flattened too
 */
export function flattenBackground(image: Raster<ArrayLike<number>>, radius: number): Raster {
  const { data, width, height } = image;
  const background = boxMean(boxMean(boxMean(image, radius), radius), radius).data;
  let mean = 0;
  for (let i = 0; i < data.length; i++) mean += data[i]!;
  mean /= data.length;
  const result = new Float32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = data[i]! - background[i]! + mean;
  return { data: result, width, height };
}
