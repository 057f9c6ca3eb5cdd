import type { Length } from '@plateau/images';

const METRES = { nm: 1e-9, um: 1e-6, mm: 1e-3 } as const;

/**
 * Checks the side of a pixel; `{ value: 1, unit: 'px' }`, for an unknown one, is the default everywhere.
 * @throws RangeError when it is not positive, or no microscope has such pixels: under 1 pm or over 10 mm
 */
export function requirePixelSize(size: Length): Length {
  const { value, unit } = size;
  if (!(value > 0 && value < Infinity)) {
    throw new RangeError(`the pixel size is ${value}${unit}, expected more than 0`);
  }
  if (unit === 'px') {
    if (value !== 1)
      throw new RangeError(`the pixel size is ${value}px, expected 1px or a physical length such as 0.1um`);
    return size;
  }
  const metres = value * METRES[unit];
  if (metres < 1e-12 || metres > 1e-2) {
    throw new RangeError(`the pixel size is ${value}${unit}, expected 1 pm to 10 mm; check the unit`);
  }
  return size;
}

/**
 * Reads `0.097um`, `97 nm`, `1µm` or `px`.
 * @throws RangeError when the text is something else, or two sizes differ (`0.1umx0.2um`): square pixels only
 * @example parsePixelSize('0.097um') // => { value: 0.097, unit: 'um' }
 */
export function parsePixelSize(text: string): Length {
  const found = /^\s*([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)?\s*(nm|um|µm|μm|mm|px)\s*$/i.exec(text);
  if (!found) {
    const hint = /[x×]/.test(text)
      ? '; pixels must be square: resample the images first'
      : text.includes(',')
        ? '; with a point, not a comma'
        : '';
    throw new RangeError(`the pixel size is ${text}, expected a number and nm, um or mm, such as 0.097um${hint}`);
  }
  const unit = found[2]!.toLowerCase().replace(/[µμ]/, 'u') as Length['unit'];
  return requirePixelSize({ value: Number(found[1] ?? 1), unit });
}
