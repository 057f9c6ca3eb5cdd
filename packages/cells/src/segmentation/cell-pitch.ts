import { radialAutocorrelation } from '../raster/autocorrelation.js';
import type { Raster } from '../raster/raster.js';

/**
 * The distance between the centres of neighbouring cells: the highest maximum of the image's radial autocovariance
 * behind its first minimum, which foams, like other dense packings, have whatever their walls look like.
 * @param image flattened
 * @returns pixels, to a fraction of one; 0 when there is no such maximum
 */
export function cellPitch(image: Raster<ArrayLike<number>>): number {
  const crop = middle(image, 512);
  let mean = 0;
  for (let i = 0; i < crop.data.length; i++) mean += crop.data[i]!;
  mean /= crop.data.length;
  for (let i = 0; i < crop.data.length; i++) crop.data[i]! -= mean;
  const c = radialAutocorrelation(crop, { reach: Math.floor(Math.min(crop.width, crop.height) / 3) });
  let r = 1;
  while (r + 1 < c.length && !(c[r]! <= c[r + 1]! && c[r]! < c[r - 1]!)) r++;
  let peak = r;
  for (; r + 1 < c.length; r++) if (c[r]! > c[peak]! && c[r]! >= c[r + 1]!) peak = r;
  const least = Math.min(...c.subarray(0, peak + 1));
  if (peak + 1 >= c.length || !(c[peak]! - least > 0.02 * c[0]!) || !(c[peak]! > 0)) return 0;
  const [a, b, d] = [c[peak - 1]!, c[peak]!, c[peak + 1]!];
  const bend = a - 2 * b + d;
  return bend < 0 ? peak + (0.5 * (a - d)) / bend : peak;
}

function middle({ data, width, height }: Raster<ArrayLike<number>>, most: number): Raster {
  const [w, h] = [Math.min(width, most), Math.min(height, most)];
  const [left, top] = [(width - w) >> 1, (height - h) >> 1];
  const result = new Float32Array(w * h);
  for (let y = 0; y < h; y++) for (let x = 0; x < w; x++) result[y * w + x] = data[(top + y) * width + left + x]!;
  return { data: result, width: w, height: h };
}
