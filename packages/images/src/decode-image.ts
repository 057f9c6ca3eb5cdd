import { decodeJpeg } from './decode-jpeg.js';
import { decodePng } from './decode-png.js';
import { decodeTiff } from './decode-tiff.js';
import type { ImageBatch } from './image-batch.js';
import { imageHeader } from './image-header.js';

/**
 * Decodes a PNG, JPEG or TIFF file to a batch of one image. Of a TIFF's pages the first is read; further ones as large are refused.
 *
 * Palettes and depths below 8 bit come out as 8 bit; alpha is dropped, not blended, as Pillow's `convert('RGB')` does;
 * EXIF orientation and colour profiles are ignored. An image whose three channels are equal stays RGB here.
 * JPEGs are decoded by libjpeg-turbo, to the samples that Pillow gives.
 * @param bytes the whole file; its kind is told by its content
 * @returns 8 bit as Uint8Array in [0, 255], 16 bit as Uint16Array in [0, 65535]
 * @throws RangeError that says what is wrong with the file, without its name
 */
export async function decodeImage(bytes: Uint8Array): Promise<ImageBatch> {
  const { format } = imageHeader(bytes);
  try {
    if (format === 'png') return decodePng(bytes);
    return format === 'tiff' ? decodeTiff(bytes) : await decodeJpeg(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/^unsupported/i.test(reason)) {
      throw new RangeError(`a ${format.toUpperCase()} of this kind can't be read (${reason}); save it plainly`, {
        cause: error,
      });
    }
    throw new RangeError(`damaged ${format.toUpperCase()}: ${reason}`, { cause: error });
  }
}
