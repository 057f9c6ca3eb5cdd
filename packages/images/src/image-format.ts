/** The kinds of file that are read. */
export type ImageFormat = 'png' | 'jpeg' | 'tiff';

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const jpegSignature = [0xff, 0xd8, 0xff];
// 42 in the byte order that the first two letters tell.
const tiffSignatures = [
  [0x49, 0x49, 42, 0],
  [0x4d, 0x4d, 0, 42],
];

/**
 * The format of a file by its first bytes, whatever its name says; undefined when it is neither PNG, JPEG nor TIFF.
 * @example imageFormat(Uint8Array.of(0xff, 0xd8, 0xff, 0xe0)) // => 'jpeg'
 */
export function imageFormat(bytes: Uint8Array): ImageFormat | undefined {
  if (startsWith(bytes, pngSignature)) return 'png';
  if (startsWith(bytes, jpegSignature)) return 'jpeg';
  if (tiffSignatures.some((signature) => startsWith(bytes, signature))) return 'tiff';
  return undefined;
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, i) => bytes[i] === byte);
}
