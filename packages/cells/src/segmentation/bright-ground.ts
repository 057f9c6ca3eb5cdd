import { histogram256 } from '../raster/histogram.js';

// What lies so near to the brightest level, as a share of the standard deviation, is that level with its noise.
const WIDTH = 0.25;
const BRIGHTEST = 0.01;

/**
 * How much of an image is as bright as it gets. An evenly lit ground with dark rims on it, as foam in transmitted light
 * shows, is that for the most part; cells in reflected light or under an electron microscope vary, and lines on tissue have
 * no such level on either side.
 * @param image 8 bit
 * @param deviation standard deviation of the grey levels
 * @returns the share of the pixels, 0 to 1, whose level is at most a quarter of the deviation below the 99th percentile
 */
export function brightGround(image: Uint8Array, deviation: number): number {
  const counts = histogram256(image);
  let [top, above] = [255, 0];
  while (top > 0 && above + counts[top]! < BRIGHTEST * image.length) above += counts[top--]!;
  let ground = 0;
  for (let level = Math.max(0, Math.ceil(top - WIDTH * deviation)); level < 256; level++) ground += counts[level]!;
  return ground / image.length;
}
