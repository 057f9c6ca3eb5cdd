import jpeg from 'jpeg-js';
import { firstChannel } from './first-channel.js';
import type { ImageBatch } from './image-batch.js';

/** Decodes a baseline or progressive JPEG to 8 bit. */
export function decodeJpeg(bytes: Uint8Array, channels: 1 | 3): ImageBatch {
  const { data, width, height } = jpeg.decode(bytes, {
    useTArray: true,
    formatAsRGBA: false,
    tolerantDecoding: false,
    // The header was checked against our own limit already.
    maxResolutionInMP: 1024,
    maxMemoryUsageInMB: 16_384,
  });
  const image: ImageBatch = { data, count: 1, height, width, channels: 3, range: [0, 255] };
  return channels === 1 ? firstChannel(image) : image;
}
