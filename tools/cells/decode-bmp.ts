import type { ImageBatch } from '@plateau/images';

/**
 * Decodes an uncompressed Windows bitmap of 8 (palette), 24 or 32 bit to RGB; alpha is dropped.
 * @throws RangeError when the file is another kind
 */
export function decodeBmp(bytes: Uint8Array): ImageBatch {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const bits = view.getUint16(28, true);
  if (bytes[0] !== 0x42 || bytes[1] !== 0x4d || ![8, 24, 32].includes(bits)) {
    throw new RangeError(`not a bitmap of 8, 24 or 32 bit: it claims ${bits} bit`);
  }
  const start = view.getUint32(10, true);
  const palette = 14 + view.getUint32(14, true);
  const width = view.getInt32(18, true);
  const signedHeight = view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  const bytesPerRow = Math.ceil((width * bits) / 32) * 4;
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const row = start + bytesPerRow * (signedHeight > 0 ? height - 1 - y : y);
    for (let x = 0; x < width; x++) {
      const from = bits === 8 ? palette + 4 * bytes[row + x]! : row + (x * bits) / 8;
      for (let c = 0; c < 3; c++) data[3 * (y * width + x) + c] = bytes[from + 2 - c]!;
    }
  }
  return { data, count: 1, height, width, channels: 3, range: [0, 255] };
}
