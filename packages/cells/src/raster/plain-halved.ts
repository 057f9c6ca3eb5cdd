import type { Raster } from './raster.js';

/** What `halved` does without WebAssembly; the same bits. */
export function plainHalved({ data, width, height }: Raster<ArrayLike<number>>): Raster {
  const [w, h] = [Math.max(1, width >> 1), Math.max(1, height >> 1)];
  const [right, below] = [width > 1 ? 1 : 0, height > 1 ? width : 0];
  const result = new Float32Array(w * h);
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0, from = 2 * y * width; x < w; x++, i++, from += 2) {
      result[i] = (data[from]! + data[from + right]! + data[from + below]! + data[from + below + right]!) / 4;
    }
  }
  return { data: result, width: w, height: h };
}
