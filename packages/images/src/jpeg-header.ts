/** Size, bit depth and channels of a JPEG, from its frame header. */
export interface JpegHeader {
  readonly height: number;
  readonly width: number;
  readonly depth: number;
  readonly channels: 1 | 3;
}

const endOfImage = 0xd9;

/**
 * Reads the frame header (ITU-T T.81, § B.2.2) and checks that an end-of-image marker follows.
 * @throws RangeError when the file ends early or its coding (lossless, arithmetic, 12 bit, CMYK) can't be decoded
 */
export function jpegHeader(bytes: Uint8Array): JpegHeader {
  const offset = frameHeaderOffset(bytes);
  if (!hasEndMarker(bytes, offset)) throw truncated(bytes);
  const depth = bytes[offset + 4]!;
  if (depth !== 8) throw new RangeError(`a JPEG of ${depth} bit a sample can't be decoded; save it as a 16-bit PNG`);
  const channels = bytes[offset + 9]!;
  if (channels !== 1 && channels !== 3) {
    const kind = channels === 4 ? 'CMYK' : `${channels}-channel`;
    throw new RangeError(`a ${kind} JPEG can't be decoded; save it as grey or RGB`);
  }
  return {
    height: (bytes[offset + 5]! << 8) | bytes[offset + 6]!,
    width: (bytes[offset + 7]! << 8) | bytes[offset + 8]!,
    depth,
    channels,
  };
}

/** Where the SOF0, SOF1 or SOF2 marker's code lies, less one: its length field starts two bytes on. */
function frameHeaderOffset(bytes: Uint8Array): number {
  let offset = 2;
  while (offset + 10 < bytes.length) {
    if (bytes[offset] !== 0xff) throw new RangeError(`damaged: no JPEG marker at byte ${offset}`);
    const marker = bytes[offset + 1]!;
    if (marker === 0xff) {
      offset += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xc2) return offset;
    const isOtherFrame = marker >= 0xc3 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isOtherFrame) {
      throw new RangeError("a lossless or arithmetic-coded JPEG can't be decoded; save it as a PNG or baseline JPEG");
    }
    offset += 2 + ((bytes[offset + 2]! << 8) | bytes[offset + 3]!);
  }
  throw truncated(bytes);
}

// In coded data a 0xff byte is always followed by 0x00 or a restart marker, so this pair can only be the end marker.
function hasEndMarker(bytes: Uint8Array, from: number): boolean {
  let offset = bytes.lastIndexOf(endOfImage);
  while (offset > from) {
    if (bytes[offset - 1] === 0xff) return true;
    offset = bytes.lastIndexOf(endOfImage, offset - 1);
  }
  return false;
}

function truncated(bytes: Uint8Array): RangeError {
  return new RangeError(`truncated: ${bytes.length} bytes, and no end-of-image marker among them`);
}
