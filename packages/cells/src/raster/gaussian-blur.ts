import { blurByKernel } from '../kernels/blur-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainBlur } from './plain-blur.js';
import type { Raster } from './raster.js';

/**
 * Convolution with a Gaussian, cut off at 3 σ; the border is mirrored (d c b a | a b c d). The same bits with and without
 * WebAssembly.
 * @param sigma standard deviation in pixels; 0 returns a copy
 * @throws RangeError when sigma is negative or not finite
 */
export function gaussianBlur({ data, width, height }: Raster<ArrayLike<number>>, sigma: number): Raster {
  if (!(sigma >= 0 && sigma < Infinity)) throw new RangeError(`gaussianBlur: sigma is ${sigma}, expected 0 or more`);
  if (sigma === 0) return { data: new Float32Array(data), width, height };
  const kernels = rasterKernels(data.length);
  const kernel = gaussianKernel(sigma);
  return {
    data: kernels
      ? blurByKernel(kernels, data, width, height, kernel)
      : plainBlur(new Float32Array(data), width, height, kernel),
    width,
    height,
  };
}

/** Half of a kernel that sums to 1, from its centre outwards. */
function gaussianKernel(sigma: number): Float64Array {
  const kernel = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
  const sum = kernel.reduce((total, value, k) => total + (k === 0 ? value : 2 * value), 0);
  return kernel.map((value) => value / sum);
}
