import type { Mask } from './raster.js';

/**
 * Thins a mask to lines one pixel wide that hang together as the mask does (Guo and Hall 1989, parallel thinning in two
 * subiterations). What lies beyond the image counts as outside.
 */
export function skeletonize({ data, width, height }: Mask): Mask {
  const stride = width + 2;
  const field = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) field[(y + 1) * stride + x + 1] = data[y * width + x] ? 1 : 0;
  let inside: number[] = [];
  field.forEach((value, i) => value && inside.push(i));
  for (let changed = true; changed;) {
    changed = false;
    for (const step of [0, 1]) {
      const removed = inside.filter((i) => isRemovable(field, i, stride, step));
      for (const i of removed) field[i] = 0;
      if (removed.length === 0) continue;
      changed = true;
      inside = inside.filter((i) => field[i] === 1);
    }
  }
  const result = new Uint8Array(data.length);
  for (let y = 0; y < height; y++)
    result.set(field.subarray((y + 1) * stride + 1, (y + 1) * stride + 1 + width), y * width);
  return { data: result, width, height };
}

function isRemovable(f: Uint8Array, i: number, stride: number, step: number): boolean {
  const [p2, p3, p4, p5] = [f[i - stride]!, f[i - stride + 1]!, f[i + 1]!, f[i + stride + 1]!];
  const [p6, p7, p8, p9] = [f[i + stride]!, f[i + stride - 1]!, f[i - 1]!, f[i - stride - 1]!];
  const crossings = ((p2 ^ 1) & (p3 | p4)) + ((p4 ^ 1) & (p5 | p6)) + ((p6 ^ 1) & (p7 | p8)) + ((p8 ^ 1) & (p9 | p2));
  if (crossings !== 1) return false;
  const a = (p9 | p2) + (p3 | p4) + (p5 | p6) + (p7 | p8);
  const b = (p2 | p3) + (p4 | p5) + (p6 | p7) + (p8 | p9);
  const neighbours = Math.min(a, b);
  if (neighbours < 2 || neighbours > 3) return false;
  return (step === 0 ? (p2 | p3 | (p5 ^ 1)) & p4 : (p6 | p7 | (p9 ^ 1)) & p8) === 0;
}
