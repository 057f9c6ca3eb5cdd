import { productsByKernel } from '../kernels/fourier-kernel.js';
import { rasterKernels } from '../kernels/raster-kernels.js';
import { plainSelfProducts } from './plain-self-products.js';
import type { Raster } from './raster.js';

/** What is asked of `selfProducts`. */
export interface ProductSize {
  /** At least the image's; what is beyond the image is 0. */
  readonly width: number;
  readonly height: number;
  /** How many shifts down are wanted. */
  readonly rows: number;
}

/**
 * Σ a(p)·a(p + shift) over all pixels p for each shift, modulo a size, by the Wiener–Khinchin theorem.
 *
 * The image is real, and so is its power spectrum: two rows or columns go through each transform together, one as its real
 * and one as its imaginary part, and of the spectrum the half that says it all is kept.
 * @returns shift (x, y) at y * width + x
 */
export function selfProducts(image: Raster<ArrayLike<number>>, size: ProductSize): Float64Array {
  const { width, height } = size;
  // Of float32 images: values of others would be rounded. The spectrum takes 16 bytes a pixel and more.
  const kernels =
    image.data instanceof Float32Array && isPowerOfTwo(width) && isPowerOfTwo(height)
      ? rasterKernels(4 * width * height)
      : undefined;
  return kernels
    ? productsByKernel(kernels, { ...image, data: image.data as Float32Array }, size)
    : plainSelfProducts(image, size);
}

/** Of 2 or more. */
function isPowerOfTwo(n: number): boolean {
  return n > 1 && (n & (n - 1)) === 0;
}
