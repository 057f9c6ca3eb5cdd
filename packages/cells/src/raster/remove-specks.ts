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
    for (let i = y * width + 1; i < end; i++) {
      const level = data[i]!;
      const [left, above] = [level - data[i - 1]!, level - data[i - width]!];
      // Nearly all pixels end here.
      if ((left < least || above < least) && (left > -least || above > -least)) continue;
      const around = [-width - 1, -width, -width + 1, -1, 1, width - 1, width, width + 1].map(
        (step) => data[i + step]!,
      );
      const [lowest, highest] = [Math.min(...around), Math.max(...around)];
      if (level < highest + least && level > lowest - least) continue;
      around.sort((a, b) => a - b);
      found.push([i, (around[3]! + around[4]!) / 2]);
    }
  }
  for (const [i, level] of found) data[i] = level;
  return found.length;
}
