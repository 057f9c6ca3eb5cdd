import type { Raster } from './raster.js';

/** Grey levels rounded to whole ones and cut off to 0 to 255. */
export function toBytes({ data }: Raster): Uint8Array {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < bytes.length; i++) {
    const value = data[i]! + 0.5;
    bytes[i] = value < 0 ? 0 : value > 255 ? 255 : value;
  }
  return bytes;
}
