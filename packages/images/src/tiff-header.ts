import { readTiffFields, type TiffPage } from './read-tiff.js';

/** Size, bit depth and channels of the first page of a TIFF. */
export interface TiffHeader {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly channels: 1 | 3;
}

const GREY = [0, 1];
const PALETTE = 3;

/**
 * Reads the fields of the first page. Others may be thumbnails and the like, but no second image: it would be lost.
 * @throws RangeError when fields are damaged, the file ends before its pixels do, samples are neither 1, 8 nor 16 bit, or
 * pages are a stack of images
 */
export function tiffHeader(bytes: Uint8Array): TiffHeader {
  let read;
  try {
    read = readTiffFields(bytes);
  } catch (error) {
    throw new RangeError(`damaged TIFF: ${(error as Error).message}`, { cause: error });
  }
  const { page, images } = read;
  const { width, height, type, bitsPerSample: depth } = page;
  if (depth === undefined) {
    throw new RangeError("a TIFF that does not say how many bits a sample has can't be read; save it with 8 or 16");
  }
  if (![1, 8, 16].includes(depth)) {
    throw new RangeError(`a TIFF of ${depth} bit a sample can't be read; save it with 8 or 16`);
  }
  if (images > 1) {
    throw new RangeError(`a stack of ${images} images, expected one a file; save its pages as files of their own`);
  }
  requireStrips(page, bytes.length);
  return { width, height, depth, channels: GREY.includes(type) ? 1 : 3 };
}

function requireStrips(page: TiffPage, length: number): void {
  const [offsets, sizes] = page.tiled
    ? [page.tileOffsets, page.tileByteCounts]
    : [page.stripOffsets, page.stripByteCounts];
  const end = Math.max(...offsets.map((offset, k) => offset + (sizes[k] ?? 0)));
  if (end > length) throw new RangeError(`truncated: ${length} bytes, and its pixels go on to ${end}`);
}

/** Whether samples are indices into a palette. */
export function isPalette(type: number): boolean {
  return type === PALETTE;
}
