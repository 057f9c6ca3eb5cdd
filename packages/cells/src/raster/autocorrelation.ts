import type { Raster } from './raster.js';
import { selfProducts } from './self-products.js';

/** How correlations treat the border. */
export interface AutocorrelationOptions {
  /** The image repeats; otherwise only pairs inside it count. */
  readonly periodic?: boolean;
  /** Greatest distance in pixels; a quarter of the shorter side by default. */
  readonly reach?: number;
}

/**
 * Mean product of two pixels as a function of their distance, over all directions.
 * @returns element r: over all pairs whose distance rounds to r
 */
export function radialAutocorrelation(
  image: Raster<ArrayLike<number>>,
  { periodic = false, reach = Math.floor(Math.min(image.width, image.height) / 4) }: AutocorrelationOptions = {},
): Float64Array {
  const { width, height } = image;
  const [w, h] = periodic ? [width, height] : [powerOfTwo(width + reach), powerOfTwo(height + reach)];
  const products = selfProducts(image, { width: w, height: h, rows: Math.min(reach + 1, h) });
  const sums = new Float64Array(reach + 1);
  const pairs = new Float64Array(reach + 1);
  for (let dy = 0; dy <= reach; dy++) {
    for (let dx = dy === 0 ? 0 : -reach; dx <= reach; dx++) {
      const r = Math.round(Math.sqrt(dx * dx + dy * dy));
      if (r > reach) continue;
      sums[r]! += products[(dy % h) * w + (((dx % w) + w) % w)]!;
      pairs[r]! += periodic ? width * height : Math.max(0, width - Math.abs(dx)) * Math.max(0, height - dy);
    }
  }
  return sums.map((sum, r) => (pairs[r]! > 0 ? sum / pairs[r]! : NaN));
}

function powerOfTwo(atLeast: number): number {
  return 2 ** Math.ceil(Math.log2(atLeast));
}
