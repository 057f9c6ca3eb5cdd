import { gaussianBlur } from '../raster/gaussian-blur.js';
import type { Raster } from '../raster/raster.js';

/** How dark lines run: the second derivatives at the scale at which each pixel's line is strongest. */
export interface LineTensor {
  readonly width: number;
  readonly height: number;
  readonly xx: Float32Array;
  readonly xy: Float32Array;
  readonly yy: Float32Array;
  /** Second derivative across a line at which it counts half: the image's mean. */
  readonly half: number;
  /** Strength of a line at each pixel, in any direction, 0 to 1. */
  readonly strength: Float32Array;
}

const SCALES = [0.8, 1.3];

/** Scale-normalised second derivatives of dark lines (Lindeberg 1998), and their strength by the larger eigenvalue. */
export function lineTensor(image: Raster<ArrayLike<number>>): LineTensor {
  const { width, height } = image;
  const size = width * height;
  const [xx, xy, yy, strength] = [0, 1, 2, 3].map(() => new Float32Array(size)) as [
    Float32Array,
    Float32Array,
    Float32Array,
    Float32Array,
  ];
  for (const sigma of SCALES) {
    const { data } = gaussianBlur(image, sigma);
    for (let y = 1; y + 1 < height; y++) {
      for (let i = y * width + 1; i < (y + 1) * width - 1; i++) {
        const a = (data[i - 1]! + data[i + 1]! - 2 * data[i]!) * sigma * sigma;
        const c = (data[i - width]! + data[i + width]! - 2 * data[i]!) * sigma * sigma;
        const diagonals = data[i - width - 1]! + data[i + width + 1]! - data[i - width + 1]! - data[i + width - 1]!;
        const b = (diagonals / 4) * sigma * sigma;
        const across = (a + c + Math.sqrt((a - c) * (a - c) + 4 * b * b)) / 2;
        if (across <= strength[i]!) continue;
        strength[i] = across;
        xx[i] = a;
        xy[i] = b;
        yy[i] = c;
      }
    }
  }
  let [sum, n] = [0, 0];
  for (const value of strength) {
    if (value <= 0) continue;
    sum += value;
    n++;
  }
  const half = n > 0 ? sum / n + 1e-9 : 1;
  for (let i = 0; i < size; i++) strength[i] = strength[i]! / (strength[i]! + half);
  return { width, height, xx, xy, yy, half, strength };
}

/**
 * Strength, 0 to 1, of a dark line at a point between pixels, at right angles to a direction.
 * @param x at least 0 and less than width − 1, and y likewise
 */
export function lineAcross(lines: LineTensor, x: number, y: number, ux: number, uy: number): number {
  const { width, xx, xy, yy } = lines;
  const [left, top] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - left, y - top];
  const i = top * width + left;
  const mean = (values: Float32Array): number =>
    (values[i]! * (1 - fx) + values[i + 1]! * fx) * (1 - fy) +
    (values[i + width]! * (1 - fx) + values[i + width + 1]! * fx) * fy;
  const across = ux * ux * mean(xx) + 2 * ux * uy * mean(xy) + uy * uy * mean(yy);
  return across > 0 ? across / (across + lines.half) : 0;
}
