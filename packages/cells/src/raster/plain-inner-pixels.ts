import type { LabelMap } from './raster.js';

/** What `innerPixels` does without WebAssembly. */
export function plainInnerPixels({ data, width, height }: LabelMap): Uint8Array {
  const inner = new Uint8Array(data.length).fill(1);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      if (x + 1 < width && data[i] !== data[i + 1]) inner[i] = inner[i + 1] = 0;
      if (y + 1 < height && data[i] !== data[i + width]) inner[i] = inner[i + width] = 0;
    }
  }
  return inner;
}
