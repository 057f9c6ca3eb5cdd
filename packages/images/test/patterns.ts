import type { ImageBatch } from '../src/index.js';

/** The inputs of the golden resizes, as tools/fixtures makes them. */
export const patterns = {
  textured: (y: number, x: number) => (31 * y + 17 * x + ((x * y) % 97) * 5) % 256,
  checkered: (y: number, x: number) => (((x >> 2) + (y >> 2)) % 2) * 255,
};

/** A grey image by a formula. */
export function greyImage(height: number, width: number, value: (y: number, x: number) => number): ImageBatch {
  const data = new Uint8Array(height * width);
  for (let i = 0; i < data.length; i++) data[i] = value(Math.floor(i / width), i % width);
  return { data, count: 1, height, width, channels: 1, range: [0, 255] };
}

/** The greatest difference of two arrays, or of their lengths. */
export function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let greatest = Math.abs(a.length - b.length);
  for (let i = 0; i < a.length; i++) greatest = Math.max(greatest, Math.abs(a[i]! - b[i]!));
  return greatest;
}
