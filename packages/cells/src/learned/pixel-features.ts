import { gaussianBlur } from '../raster/gaussian-blur.js';
import type { Raster } from '../raster/raster.js';
import { standardise } from './standardise.js';

/** Scales of the filters: standard deviations in pixels. */
export const FEATURE_SCALES: readonly number[] = [1, 2, 4, 8];

/** Filters at each scale, and the image itself. */
export const PIXEL_FEATURES = 1 + 4 * FEATURE_SCALES.length;

/**
 * Multi-scale filter responses of each pixel, as trainable pixel classifiers use them: the standardised image, and at each
 * scale its Gaussian, gradient magnitude and both eigenvalues of the Hessian.
 * @returns PIXEL_FEATURES values a pixel, pixel by pixel
 */
export function pixelFeatures(image: Raster<ArrayLike<number>>): Float32Array {
  const { data, width, height } = standardise(image);
  const result = new Float32Array(data.length * PIXEL_FEATURES);
  data.forEach((value, i) => (result[i * PIXEL_FEATURES] = value));
  FEATURE_SCALES.forEach((sigma, s) => {
    const { data: blurred } = gaussianBlur({ data, width, height }, sigma);
    for (let y = 0; y < height; y++) {
      const [up, down] = [Math.max(y - 1, 0) * width, Math.min(y + 1, height - 1) * width];
      for (let x = 0; x < width; x++) {
        const [left, right] = [Math.max(x - 1, 0), Math.min(x + 1, width - 1)];
        const i = y * width + x;
        const value = blurred[i]!;
        const [w, e, n, d] = [
          blurred[y * width + left]!,
          blurred[y * width + right]!,
          blurred[up + x]!,
          blurred[down + x]!,
        ];
        const xx = (w + e - 2 * value) * sigma * sigma;
        const yy = (n + d - 2 * value) * sigma * sigma;
        const xy =
          ((blurred[up + left]! + blurred[down + right]! - blurred[up + right]! - blurred[down + left]!) / 4) *
          sigma *
          sigma;
        const spread = Math.hypot(xx - yy, 2 * xy);
        const at = i * PIXEL_FEATURES + 1 + 4 * s;
        result[at] = value;
        result[at + 1] = (Math.hypot(e - w, d - n) / 2) * sigma;
        result[at + 2] = (xx + yy + spread) / 2;
        result[at + 3] = (xx + yy - spread) / 2;
      }
    }
  });
  return result;
}
