import type { Length } from '@plateau/images';

const micrometresPerUnit = { nm: 1e-3, um: 1, mm: 1e3 } as const;

/** Side of a pixel when none is given. */
export const defaultPixelSize: Length = { value: 8, unit: 'um' };

/**
 * A pixel size in micrometres.
 * @throws RangeError when it is no positive length, or in pixels
 */
export function inMicrometres({ value, unit }: Length = defaultPixelSize): number {
  if (unit === 'px') throw new RangeError('foam: pixelSize is in px, expected nm, um or mm');
  if (!(value > 0 && Number.isFinite(value))) {
    throw new RangeError(`foam: pixelSize is ${value} ${unit}, expected a positive length`);
  }
  return value * micrometresPerUnit[unit];
}
