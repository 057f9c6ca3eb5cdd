import { gaussianBlur } from '../raster/gaussian-blur.js';
import { hMaxima } from '../raster/h-maxima.js';
import type { LabelMap, Raster } from '../raster/raster.js';
import { watershed } from '../raster/watershed.js';

/** How cells between lines are found. */
export interface LineOptions {
  /** Distance between neighbouring cells in pixels. */
  readonly pitch: number;
  /** Smoothing over pitch: less finds specks in cells, more loses small cells. */
  readonly smoothingPerPitch?: number;
}

/**
 * Cells parted by lines about a pixel wide: each maximum of (cells bright) the image smoothed at the cells' own scale is a
 * cell, and the watershed of the unsmoothed image its outline.
 * @param image cells bright
 */
export function segmentLines(
  image: Raster,
  { pitch, smoothingPerPitch = 0.19 }: LineOptions,
): { labels: LabelMap; smoothing: number; h: number } {
  const smoothing = Math.max(0.5, smoothingPerPitch * pitch);
  const h = 0.25;
  const markers = hMaxima(scaled(gaussianBlur(image, smoothing), 4), 4 * h, -(2 ** 30));
  // Half the scale rids the relief of noise and keeps the lines where they are.
  const relief = scaled(gaussianBlur(image, Math.min(1, smoothing / 2)), -16);
  return { labels: watershed(relief, markers), smoothing, h };
}

function scaled({ data, width, height }: Raster, factor: number): Raster<Int32Array> {
  const result = new Int32Array(data.length);
  // Rounds halves up, as Math.round does, which is slower.
  for (let i = 0; i < result.length; i++) result[i] = Math.floor(data[i]! * factor + 0.5);
  return { data: result, width, height };
}
