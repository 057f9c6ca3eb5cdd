import type { Raster } from './raster.js';

// Of the noise, and in grey levels: by so much a speck stands out from its neighbours.
const LEAST_NOISES = 6;
const LEAST_HEIGHT = 24;

/**
 * Replaces single pixels that stand out from all eight around them, as dead and hot pixels and impulse noise do, by the
 * median of these. Lines and corners have a neighbour that is like them, and stay; so do the image's outermost pixels.
 * @param image changed in place
 * @param noise standard deviation in the image's own unit
 * @returns how many pixels were replaced
 */
export function removeSpecks(image: Raster, noise: number): number {
  const { data, width, height } = image;
  const least = Math.max(LEAST_NOISES * noise, LEAST_HEIGHT);
  const found: [at: number, level: number][] = [];
  for (let y = 1; y < height - 1; y++) {
    const end = (y + 1) * width - 1;
    let left = data[y * width]!;
    for (let i = y * width + 1; i < end; i++) {
      const level = data[i]!;
      const rise = level - left;
      left = level;
      // Nearly all pixels end here.
      if (rise < least && rise > -least) continue;
      // An edge goes on in the same direction.
      const fall = level - data[i + 1]!;
      if (rise > 0 ? fall < least : fall > -least) continue;
      const instead = speckReplacement(data, i, width, least);
      if (instead !== undefined) found.push([i, instead]);
    }
  }
  for (const [i, level] of found) data[i] = level;
  return found.length;
}

/** The median of the eight pixels around one that stands out from them; undefined where it does not. */
function speckReplacement(data: Float32Array, i: number, width: number, least: number): number | undefined {
  const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1].map((step) => data[i + step]!);
  around.sort((a, b) => a - b);
  if (data[i]! < around[7]! + least && data[i]! > around[0]! - least) return undefined;
  return (around[3]! + around[4]!) / 2;
}
