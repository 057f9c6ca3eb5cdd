import { subtractionByKernel } from '../kernels/pixels-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { boxMean } from './box-mean.js';
import { halved } from './halved.js';
import { plainSubtraction } from './plain-subtraction.js';
import { trend } from './trend.js';
import type { Raster } from './raster.js';

/**
 * Takes uneven brightness out: subtracts the image's mean over a wide window (three box means, which come close to a
 * Gaussian of standard deviation radius·1.7) and adds the overall mean back. Wide windows are read off a smaller image.
 * @param radius of the window in pixels; some cells wide, or walls are flattened too
 */
export function flattenBackground(image: Raster<ArrayLike<number>>, radius: number): Raster {
  const { width, height } = image;
  const own: Raster = { data: new Float32Array(image.data), width, height };
  let small = own;
  let factor = 1;
  for (; radius / factor >= 8 && Math.min(small.width, small.height) >= 16; factor *= 2) small = halved(small);
  const r = Math.round(radius / factor);
  // At the image's edge a window lies to one side: a slope there is no mean of it. What is left of the trend has little.
  const slope = trend(small);
  const rest: Raster = { ...small, data: small.data.map((value, i) => value - slope[i]!) };
  const background = boxMean(boxMean(boxMean(rest, r), r), r);
  for (let i = 0; i < slope.length; i++) background.data[i]! += slope[i]!;
  let mean = 0;
  for (let i = 0; i < own.data.length; i++) mean += own.data[i]!;
  mean /= own.data.length;
  for (let i = 0; i < background.data.length; i++) background.data[i]! -= mean;
  return { data: lessEnlarged(own, background, factor), width, height };
}

/** An image less one of which a pixel covers factor × factor pixels, interpolated linearly between their centres. */
function lessEnlarged(image: Raster, small: Raster, factor: number): Float32Array<ArrayBuffer> {
  const { width, height } = image;
  const lefts = new Int32Array(width);
  const shares = new Float32Array(width);
  const rights = new Int32Array(width);
  for (let x = 0; x < width; x++) {
    const at = Math.min(Math.max((x + 0.5) / factor - 0.5, 0), small.width - 1);
    lefts[x] = at;
    rights[x] = Math.min(lefts[x]! + 1, small.width - 1);
    shares[x] = at - lefts[x]!;
  }
  const line = (row: number, target: Float64Array): void => {
    const start = row * small.width;
    for (let x = 0; x < width; x++) {
      const left = small.data[start + lefts[x]!]!;
      target[x] = left + shares[x]! * (small.data[start + rights[x]!]! - left);
    }
  };
  // Rows of the small image as wide as the large one, each for several rows of that.
  const kernels = rasterKernels(image.data.length);
  const rows = kernels ? subtractionByKernel(kernels, image) : plainSubtraction(image);
  let upper = -1;
  for (let y = 0; y < height; y++) {
    const at = Math.min(Math.max((y + 0.5) / factor - 0.5, 0), small.height - 1);
    const top = Math.floor(at);
    if (top !== upper) {
      line(top, rows.above);
      line(Math.min(top + 1, small.height - 1), rows.below);
      upper = top;
    }
    rows.subtract(y, at - top);
  }
  return rows.result();
}
