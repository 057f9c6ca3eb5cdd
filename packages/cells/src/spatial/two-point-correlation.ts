import { radialAutocorrelation, type AutocorrelationOptions } from '../raster/autocorrelation.js';
import type { Mask } from '../raster/raster.js';

/**
 * The two-point probability S2(r) of a phase (Torquato 2002): the chance that both ends of a stick of length r, thrown
 * anyhow, lie in it; over all directions. S2(0) is the phase's share, and S2 tends to its square.
 * @returns element r for whole distances in pixels
 */
export function twoPointCorrelation(phase: Mask, options?: AutocorrelationOptions): Float64Array {
  return radialAutocorrelation(phase, options);
}

/**
 * S2 along one axis: exact counts of pairs, without rounding of distances.
 * @param axis `x` along the rows, `y` down the columns
 * @example twoPointAlong(stripes8on8off, 'x', { periodic: true, reach: 16 }) // => .5 at 0, .25 at 4, 0 at 8, .5 at 16
 */
export function twoPointAlong(
  { data, width, height }: Mask,
  axis: 'x' | 'y',
  { periodic = false, reach = Math.floor((axis === 'x' ? width : height) / 2) }: AutocorrelationOptions = {},
): Float64Array {
  const [length, lines, step, stride] = axis === 'x' ? [width, height, 1, width] : [height, width, width, 1];
  const result = new Float64Array(reach + 1);
  for (let r = 0; r <= reach; r++) {
    const pairs = periodic ? length : length - r;
    let both = 0;
    for (let line = 0; line < lines; line++) {
      for (let k = 0; k < pairs; k++) {
        const a = data[line * stride + k * step];
        if (a && data[line * stride + ((k + r) % length) * step]) both++;
      }
    }
    result[r] = pairs > 0 ? both / (pairs * lines) : NaN;
  }
  return result;
}
