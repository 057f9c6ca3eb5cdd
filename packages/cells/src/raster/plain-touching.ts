import type { LabelMap } from './raster.js';

/** What `touchingPixels` does without WebAssembly. */
export function plainTouchingPixels({ data, width, height }: LabelMap, withCorners: boolean): Int32Array {
  const found = [];
  const differ = (i: number, j: number): boolean => data[i] !== data[j] && data[i] !== 0 && data[j] !== 0;
  for (let y = 0, i = 0; y < height; y++) {
    const hasBelow = y + 1 < height;
    for (let x = 0; x < width; x++, i++) {
      const hasRight = x + 1 < width;
      const atSides = (hasRight && differ(i, i + 1)) || (hasBelow && differ(i, i + width));
      const hasCorners = withCorners && hasRight && hasBelow;
      if (atSides || (hasCorners && (differ(i, i + width + 1) || differ(i + 1, i + width)))) found.push(i);
    }
  }
  return Int32Array.from(found);
}
