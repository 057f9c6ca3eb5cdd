import type { ImageBatch } from './image-batch.js';
import { readTiff, type TiffPage } from './read-tiff.js';
import { isPalette, tiffHeader } from './tiff-header.js';

/** Decodes the image of a TIFF to 8 or 16 bit; alpha is dropped, 1 bit and palettes become 8 bit. */
export function decodeTiff(bytes: Uint8Array): ImageBatch {
  const { width, height, depth, channels } = tiffHeader(bytes);
  const page = readTiff(bytes, { pixels: true });
  const pixels = width * height;
  const stored = page.samplesPerPixel;
  if (page.data.length < pixels * stored) {
    throw new RangeError(`truncated: ${page.data.length} samples for ${width}×${height} pixels`);
  }
  const common = { count: 1, width, height, channels } as const;
  if (isPalette(page.type)) return { ...common, data: paletteColours(page, pixels), range: [0, 255] };
  const data = depth === 16 ? new Uint16Array(pixels * channels) : new Uint8Array(pixels * channels);
  const gain = depth === 1 ? 255 : 1;
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < channels; c++) data[i * channels + c] = gain * page.data[i * stored + c]!;
  }
  return { ...common, data, range: depth === 16 ? [0, 65535] : [0, 255] };
}

/** Colours of a palette, which are 16 bit, as 8 bit. */
function paletteColours(page: TiffPage, pixels: number): Uint8Array {
  const { palette } = page;
  if (!palette) throw new RangeError('its pixels are indices into a palette that it does not hold');
  const data = new Uint8Array(3 * pixels);
  for (let i = 0; i < pixels; i++) {
    const colour = palette[page.data[i]!];
    if (!colour) throw new RangeError(`pixel ${i} has colour ${page.data[i]} of a palette of ${palette.length}`);
    for (let c = 0; c < 3; c++) data[3 * i + c] = colour[c]! >> 8;
  }
  return data;
}
