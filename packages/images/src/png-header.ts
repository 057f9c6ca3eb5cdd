/** Size, bit depth and channels of a PNG, from its IHDR chunk. */
export interface PngHeader {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly channels: 1 | 3;
}

// The colour types 0 (grey) and 4 (grey with alpha) lack this bit.
const colourBit = 2;

/**
 * Reads IHDR and follows the chunk lengths to IEND (PNG specification, third edition, § 5).
 * @throws RangeError when the file ends before IEND
 */
export function pngHeader(bytes: Uint8Array): PngHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  requireEnd(view);
  const interlaced = view.getUint8(28) !== 0;
  const depth = view.getUint8(24);
  if (interlaced && depth < 8) {
    throw new RangeError(`an interlaced PNG of ${depth} bit a sample can't be decoded; save it without interlacing`);
  }
  const channels = view.getUint8(25) & colourBit ? 3 : 1;
  return { width: view.getUint32(16), height: view.getUint32(20), depth, channels };
}

function requireEnd(view: DataView): void {
  const length = view.byteLength;
  let offset = 8;
  while (offset + 12 <= length) {
    const isEnd = view.getUint32(offset + 4) === 0x49454e44;
    if (offset === 8 && view.getUint32(offset + 4) !== 0x49484452) {
      throw new RangeError('not a valid PNG: its first chunk is not IHDR');
    }
    offset += 12 + view.getUint32(offset);
    if (isEnd && offset <= length) return;
  }
  throw new RangeError(`truncated: ${length} bytes, and no IEND chunk among them`);
}
