import type { Length } from './image-source.js';
import { imageFormat } from './image-format.js';
import { readTiff, type TiffPage } from './read-tiff.js';

const FEI = 34682;
const ZEISS = 34118;

/**
 * The side of a pixel as the microscope wrote it into a TIFF: FEI's and Thermo Fisher's tag 34682 (`PixelWidth` in metres)
 * or Zeiss' tag 34118 (`Image Pixel Size`, else `Pixel Size`); or as ImageJ did: its description names a unit, and the
 * resolution is pixels in one. Without that the resolution is a printer's, and says only whether pixels are square.
 * @param bytes the whole file, of any format
 * @returns undefined when the file is no TIFF, or says nothing
 * @throws RangeError when pixels are not square within a thousandth
 * @example tiffPixelSize(bytes) // => { value: 97.66, unit: 'nm' }
 */
export function tiffPixelSize(bytes: Uint8Array): Length | undefined {
  if (imageFormat(bytes) !== 'tiff') return undefined;
  const page = readTiff(bytes, { pixels: false });
  const { fields } = page;
  return feiPixelSize(textOf(fields.get(FEI))) ?? zeissPixelSize(textOf(fields.get(ZEISS))) ?? imagejPixelSize(page);
}

/** A field of ASCII is a string or, in files of some writers, bytes. */
function textOf(field: unknown): string {
  if (typeof field === 'string') return field;
  if (Array.isArray(field) && typeof field[0] === 'string') return field.join('\n');
  if (!Array.isArray(field) && !ArrayBuffer.isView(field)) return '';
  return Array.from(field as ArrayLike<number>, (code) => String.fromCharCode(code)).join('');
}

function feiPixelSize(text: string): Length | undefined {
  const read = (name: string): number => Number(new RegExp(`^\\s*${name}\\s*=\\s*(\\S+)`, 'im').exec(text)?.[1]);
  const [width, height] = [read('PixelWidth'), read('PixelHeight')];
  if (!(width > 0)) return undefined;
  if (height > 0) requireSquare(inNanometres(width), inNanometres(height), 'nm');
  return { value: inNanometres(width), unit: 'nm' };
}

/** Pixels without a unit have their sides told as multiples of each other. */
function requireSquare(width: number, height: number, unit?: Length['unit']): void {
  if (Math.abs(height / width - 1) <= 1e-3) return;
  throw new RangeError(
    `its pixels are ${width}×${height}${unit ? ` ${unit}` : ''}, expected square ones; resample the image first`,
  );
}

/** Without the binary noise of a conversion. */
function inNanometres(metres: number): number {
  return Number((metres * 1e9).toPrecision(12));
}

function zeissPixelSize(text: string): Length | undefined {
  const number = String.raw`([0-9]*\.?[0-9]+(?:e[-+]?[0-9]+)?)\s*(pm|nm|.?m|mm)`;
  const found =
    new RegExp(`Image Pixel Size\\s*=\\s*${number}`, 'i').exec(text) ??
    new RegExp(`^\\s*Pixel Size\\s*=\\s*${number}`, 'im').exec(text);
  const value = Number(found?.[1]);
  if (!found || !(value > 0)) return undefined;
  const unit = found[2]!.toLowerCase();
  if (unit === 'pm') return { value: value / 1000, unit: 'nm' };
  // The micro sign is whatever a code page made of it.
  return { value, unit: unit === 'nm' || unit === 'mm' ? unit : 'um' };
}

const IMAGEJ_UNITS: Readonly<Record<string, [factor: number, unit: Length['unit']]>> = {
  nm: [1, 'nm'],
  nanometer: [1, 'nm'],
  um: [1, 'um'],
  micron: [1, 'um'],
  micrometer: [1, 'um'],
  mm: [1, 'mm'],
  millimeter: [1, 'mm'],
  cm: [10, 'mm'],
  inch: [25.4, 'mm'],
};

function imagejPixelSize({ xResolution: x, yResolution: y, imageDescription }: TiffPage): Length | undefined {
  if (!(x > 0 && y > 0)) return undefined;
  const name = /^ImageJ=[^]*?^unit=(.*)$/m.exec(textOf(imageDescription))?.[1]?.trim().toLowerCase() ?? '';
  // The micro sign comes escaped, or as whatever a code page made of it.
  const known = IMAGEJ_UNITS[/^(\\u00b5|[^ -~]+)m$/.test(name) ? 'um' : name];
  const [factor, unit] = known ?? [x];
  requireSquare(rounded(factor / x), rounded(factor / y), unit);
  return unit && { value: rounded(factor / x), unit };
}

/** Without what fractions of whole numbers, which resolutions are, add to it. */
function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
