import { imageFormat, type ImageFormat } from './image-format.js';
import { jpegHeader } from './jpeg-header.js';
import { pngHeader } from './png-header.js';
import { tiffHeader } from './tiff-header.js';

/** What a file says of itself before its pixels are decoded. */
export interface ImageHeader {
  readonly format: ImageFormat;
  readonly height: number;
  readonly width: number;
  /** Bits a sample: 1, 2, 4, 8 or 16. */
  readonly depth: number;
  /** Of the decoded image, alpha left out: a palette counts as 3. */
  readonly channels: 1 | 3;
}

const readHeader = { png: pngHeader, jpeg: jpegHeader, tiff: tiffHeader };

// Twice what the largest detectors give; a header that claims more is damaged or hostile.
const mostPixels = 2 ** 28;

/**
 * Reads the header of a PNG, JPEG or TIFF and checks that a PNG or JPEG goes on to its end mark, without decoding any pixel.
 *
 * Damage between the header and the end mark is found by `decodeImage` only.
 * @param bytes the whole file
 * @throws RangeError when the file is empty, of another kind, truncated, or of a size that can't be
 */
export function imageHeader(bytes: Uint8Array): ImageHeader {
  if (bytes.length === 0) throw new RangeError('the file has zero bytes');
  const format = imageFormat(bytes);
  if (!format) throw new RangeError(`not a PNG, JPEG or TIFF: it starts with the bytes ${firstBytes(bytes)}`);
  const header = readHeader[format](bytes);
  const { height, width } = header;
  if (!(height >= 1 && width >= 1 && height * width <= mostPixels)) {
    throw new RangeError(`its header claims ${width}×${height} pixels; 1 to ${mostPixels} pixels are read`);
  }
  return { format, ...header };
}

function firstBytes(bytes: Uint8Array): string {
  return Array.from(bytes.subarray(0, 4), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
}
