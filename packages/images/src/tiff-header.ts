import { readTiff, type TiffPage } from './read-tiff.js';

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
 * Reads the fields of the first page.
 * @throws RangeError when they are damaged, the file ends before its pixels do, or samples are neither 1, 8 nor 16 bit
 */
export function tiffHeader(bytes: Uint8Array): TiffHeader {
  let page;
  try {
    page = readTiff(bytes, { pixels: false });
  } catch (error) {
    throw new RangeError(`damaged TIFF: ${(error as Error).message}`, { cause: error });
  }
  const { width, height, type } = page;
  const depth = page.bitsPerSample ?? 1;
  if (![1, 8, 16].includes(depth)) {
    throw new RangeError(`a TIFF of ${depth} bit a sample can't be read; save it with 8 or 16`);
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
