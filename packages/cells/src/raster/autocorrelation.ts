import { fourierTransform2d } from './fourier-transform.js';
import type { Raster } from './raster.js';

/** How correlations treat the border. */
export interface AutocorrelationOptions {
  /** The image repeats; otherwise only pairs inside it count. */
  readonly periodic?: boolean;
  /** Greatest distance in pixels; a quarter of the shorter side by default. */
  readonly reach?: number;
}

/**
 * Mean product of two pixels as a function of their distance, over all directions, by the Wiener–Khinchin theorem.
 * @returns element r: over all pairs whose distance rounds to r
 */
export function radialAutocorrelation(
  { data, width, height }: Raster<ArrayLike<number>>,
  { periodic = false, reach = Math.floor(Math.min(width, height) / 4) }: AutocorrelationOptions = {},
): Float64Array {
  const [w, h] = periodic ? [width, height] : [powerOfTwo(width + reach), powerOfTwo(height + reach)];
  const re = new Float64Array(w * h);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) re[y * w + x] = data[y * width + x]!;
  const products = selfProducts(re, w, h);
  const sums = new Float64Array(reach + 1);
  const pairs = new Float64Array(reach + 1);
  for (let dy = 0; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const r = Math.round(Math.hypot(dx, dy));
      if (r > reach || (dy === 0 && dx < 0)) continue;
      sums[r]! += products[(dy % h) * w + (((dx % w) + w) % w)]!;
      pairs[r]! += periodic ? width * height : Math.max(0, width - Math.abs(dx)) * Math.max(0, height - dy);
    }
  }
  return sums.map((sum, r) => (pairs[r]! > 0 ? sum / pairs[r]! : NaN));
}

/** Σ a(p)·a(p + shift) for each shift, modulo the size. */
function selfProducts(re: Float64Array, width: number, height: number): Float64Array {
  const spectrum = { re, im: new Float64Array(re.length) };
  fourierTransform2d(spectrum, width, height);
  for (let i = 0; i < re.length; i++) {
    re[i] = re[i]! * re[i]! + spectrum.im[i]! * spectrum.im[i]!;
    spectrum.im[i] = 0;
  }
  fourierTransform2d(spectrum, width, height, true);
  return re;
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
