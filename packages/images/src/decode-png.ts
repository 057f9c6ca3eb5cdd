import { decode, type DecodedPng } from 'fast-png';
import type { ImageBatch } from './image-batch.js';

/** Decodes a PNG of any colour type and depth to 8 or 16 bit, grey or RGB. */
export function decodePng(bytes: Uint8Array): ImageBatch {
  const png = decode(bytes, { checkCrc: true });
  const { width, height, depth } = png;
  if (png.palette) return { data: paletteColours(png), count: 1, height, width, channels: 3, range: [0, 255] };
  const stored = depth < 8 ? stretchToByte(unpack(png), depth) : png.data;
  const channels = png.channels < 3 ? 1 : 3;
  const data = dropAlpha(stored, png.channels, channels);
  const range = depth === 16 ? ([0, 65535] as const) : ([0, 255] as const);
  return { data, count: 1, height, width, channels, range };
}

function paletteColours(png: DecodedPng): Uint8Array {
  const palette = png.palette!;
  const indices = png.depth < 8 ? unpack(png) : png.data;
  const data = new Uint8Array(3 * png.width * png.height);
  for (let i = 0; i < png.width * png.height; i++) {
    const colour = palette[indices[i]!];
    if (!colour) throw new RangeError(`pixel ${i} has colour ${indices[i]} of a palette of ${palette.length}`);
    for (let c = 0; c < 3; c++) data[3 * i + c] = colour[c]!;
  }
  return data;
}

/** Samples of 1, 2 or 4 bit, which PNG packs into bytes row by row, one an element. */
function unpack({ data, width, height, depth }: DecodedPng): Uint8Array {
  const samples = new Uint8Array(width * height);
  const bytesPerRow = Math.ceil((width * depth) / 8);
  const mask = 2 ** depth - 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const bit = x * depth;
      samples[y * width + x] = (data[y * bytesPerRow + (bit >> 3)]! >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

function stretchToByte(samples: Uint8Array, depth: number): Uint8Array {
  const factor = 255 / (2 ** depth - 1);
  return samples.map((sample) => sample * factor);
}

function dropAlpha(data: DecodedPng['data'], stored: number, kept: number): Uint8Array | Uint16Array {
  const source = data instanceof Uint16Array ? data : new Uint8Array(data.buffer, data.byteOffset, data.length);
  if (stored === kept) return source;
  const pixels = source.length / stored;
  const result = source instanceof Uint16Array ? new Uint16Array(pixels * kept) : new Uint8Array(pixels * kept);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < kept; c++) result[i * kept + c] = source[i * stored + c]!;
  }
  return result;
}
