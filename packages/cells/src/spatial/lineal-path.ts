import type { Mask } from '../raster/raster.js';

/**
 * The lineal path function L(r) of a phase (Lu and Torquato 1992): the chance that a stick of r pixels' length, laid along
 * a row or a column inside the image, lies wholly in it. One pass over the runs.
 * @returns element r, from 0 (the phase's share) to the shorter side less one
 */
export function linealPath({ data, width, height }: Mask): Float64Array {
  const reach = Math.min(width, height);
  const runs = new Float64Array(Math.max(width, height) + 1);
  const count = (length: number, lines: number, step: number, stride: number): void => {
    for (let line = 0; line < lines; line++) {
      let run = 0;
      for (let k = 0; k <= length; k++) {
        if (k < length && data[line * stride + k * step]) run++;
        else {
          if (run > 0) runs[run]!++;
          run = 0;
        }
      }
    }
  };
  count(width, height, 1, width);
  count(height, width, width, 1);
  const result = new Float64Array(reach);
  for (let r = 0; r < reach; r++) {
    let sticks = 0;
    for (let run = r + 1; run < runs.length; run++) sticks += (run - r) * runs[run]!;
    result[r] = sticks / ((width - r) * height + (height - r) * width);
  }
  return result;
}
