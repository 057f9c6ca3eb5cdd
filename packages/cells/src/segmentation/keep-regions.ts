import type { LabelMap } from '../raster/raster.js';

/** The regions for which `isKept[label]` holds, numbered anew in their old order; the others become 0. */
export function keepRegions({ data, width, height, count }: LabelMap, isKept: readonly boolean[]): LabelMap {
  const numbers = new Int32Array(count + 1);
  let kept = 0;
  for (let label = 1; label <= count; label++) if (isKept[label]) numbers[label] = ++kept;
  const result = new Int32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = numbers[data[i]!]!;
  return { data: result, width, height, count: kept };
}

/** Pixels of each label; element 0 counts those of none. */
export function regionAreas({ data, count }: LabelMap): Int32Array {
  const areas = new Int32Array(count + 1);
  // Run by run: adding to one counter pixel after pixel waits for memory each time.
  for (let start = 0, i = 1; i <= data.length; i++) {
    if (i < data.length && data[i] === data[start]) continue;
    areas[data[start]!]! += i - start;
    start = i;
  }
  return areas;
}

/** 1 for each label that lies at the image's border. */
export function borderLabels({ data, width, height, count }: LabelMap): Uint8Array {
  const isCut = new Uint8Array(count + 1);
  for (let x = 0; x < width; x++) isCut[data[x]!] = isCut[data[(height - 1) * width + x]!] = 1;
  for (let y = 0; y < height; y++) isCut[data[y * width]!] = isCut[data[y * width + width - 1]!] = 1;
  return isCut;
}
