import type { LabelMap, Raster } from './raster.js';
import { reconstruct } from './reconstruct.js';

/** What `hMaxima` does without WebAssembly. */
export function plainMaxima(image: Raster<Int32Array>, step: number, floor: number): LabelMap {
  const { data, width, height } = image;
  const marker = new Int32Array(data.length);
  for (let i = 0; i < marker.length; i++) marker[i] = data[i]! - step;
  const lowered = reconstruct({ data: marker, width, height }, image);
  for (let i = 0; i < data.length; i++) if (data[i]! <= floor) lowered.data[i] = floor - step;
  return regionalMaxima(lowered);
}

/**
 * Plateaus (8-connected) without a higher neighbour; an image of one value has none. One pass with a union-find: pixels
 * join the neighbours before them that are as high, and of unequal neighbours the lower one is marked.
 */
export function regionalMaxima({ data, width, height }: Raster<Int32Array>): LabelMap {
  // Plateaus by their first pixel.
  const parents = new Int32Array(data.length);
  const isLower = new Uint8Array(data.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      parents[i] = i;
      if (x > 0) compare(data, parents, isLower, i, i - 1);
      if (y === 0) continue;
      if (x > 0) compare(data, parents, isLower, i, i - width - 1);
      compare(data, parents, isLower, i, i - width);
      if (x + 1 < width) compare(data, parents, isLower, i, i - width + 1);
    }
  }
  for (let i = 0; i < parents.length; i++) {
    parents[i] = parents[parents[i]!]!;
    if (isLower[i]) isLower[parents[i]!] = 1;
  }
  const labels = new Int32Array(data.length);
  let count = 0;
  let plateaus = 0;
  for (let i = 0; i < labels.length; i++) {
    const first = parents[i]!;
    if (first !== i) labels[i] = labels[first]!;
    else {
      plateaus++;
      if (!isLower[i]) labels[i] = ++count;
    }
  }
  return plateaus > 1
    ? { data: labels, width, height, count }
    : { data: new Int32Array(data.length), width, height, count: 0 };
}

/** Pixel `other` comes before pixel i. */
function compare(data: Int32Array, parents: Int32Array, isLower: Uint8Array, i: number, other: number): void {
  if (data[other]! < data[i]!) isLower[other] = 1;
  else if (data[other]! > data[i]!) isLower[i] = 1;
  else {
    const a = rootOf(parents, i);
    const b = rootOf(parents, other);
    if (a < b) parents[b] = a;
    else parents[a] = b;
  }
}

function rootOf(parents: Int32Array, i: number): number {
  while (parents[i] !== i) i = parents[i] = parents[parents[i]!]!;
  return i;
}
