import { boxMean } from './box-mean.js';
import type { Mask, Raster } from './raster.js';

/** A threshold that follows the image. */
export interface LocalThresholdOptions {
  /** Half the window's side in pixels. */
  readonly radius: number;
  /** How many local standard deviations above the local mean the threshold lies; negative: below. */
  readonly k?: number;
}

/**
 * Niblack's local threshold (Niblack 1986): mean + k·standard deviation of a square window around each pixel.
 * @returns 1 where the image is above it
 */
export function localThreshold(image: Raster<ArrayLike<number>>, { radius, k = 0 }: LocalThresholdOptions): Mask {
  const { data, width, height } = image;
  const mean = boxMean(image, radius).data;
  const squares = new Float32Array(data.length);
  for (let i = 0; i < data.length; i++) squares[i] = data[i]! * data[i]!;
  const meanSquare = boxMean({ data: squares, width, height }, radius).data;
  const result = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    const deviation = Math.sqrt(Math.max(meanSquare[i]! - mean[i]! * mean[i]!, 0));
    if (data[i]! > mean[i]! + k * deviation) result[i] = 1;
  }
  return { data: result, width, height };
}
