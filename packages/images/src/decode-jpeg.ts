import type { ImageBatch } from './image-batch.js';
import { openJpegDecoder } from './jpeg-decoder.js';

/** Decodes a baseline or progressive JPEG to 8 bit: the samples that libjpeg-turbo gives, and so Pillow. */
export async function decodeJpeg(bytes: Uint8Array): Promise<ImageBatch> {
  const decoder = await openJpegDecoder();
  // From here on nothing waits: the decoder holds one image.
  decoder.getEncodedBuffer(bytes.length).set(bytes);
  try {
    decoder.decode();
  } catch (cause) {
    throw new RangeError('its coded pixels end early or hold codes that no encoder writes', { cause });
  }
  const { width, height, componentCount } = decoder.getFrameInfo();
  const data = decoder.getDecodedBuffer().slice();
  return { data, count: 1, height, width, channels: componentCount === 1 ? 1 : 3, range: [0, 255] };
}
