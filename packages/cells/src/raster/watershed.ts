import { requireSameSize, type LabelMap, type Mask, type Raster } from './raster.js';

/** How a watershed floods. */
export interface WatershedOptions {
  /** Floods only here. */
  readonly mask?: Mask;
  /** Leaves pixels where two floods meet at 0, so that regions are parted by lines; true by default. */
  readonly ridges?: boolean;
}

/**
 * Marker-controlled watershed (Meyer 1994): floods rise from the markers, pixel by pixel in the order of height and, at
 * one height, of arrival. Floods are 8-connected.
 * @param heights whole numbers, at most 65535 apart
 * @returns the markers' labels, grown over the mask; 0 on ridges and where no flood came
 * @throws RangeError when sizes differ or heights are too far apart
 */
export function watershed(
  heights: Raster<Int32Array>,
  markers: LabelMap,
  { mask, ridges = true }: WatershedOptions = {},
): LabelMap {
  requireSameSize('watershed', heights, markers);
  if (mask) requireSameSize('watershed', heights, mask);
  const { width, height, data } = heights;
  const [least, levels] = rangeOf(data);
  const labels = Int32Array.from(markers.data);
  // A queue for each height: pixels wait in a linked list, each at most once.
  const first = new Int32Array(levels).fill(-1);
  const last = new Int32Array(levels).fill(-1);
  const next = new Int32Array(data.length).fill(-1);
  const seen = new Uint8Array(data.length);
  // Without ridges a pixel goes to the flood that reached it first.
  const comers = new Int32Array(data.length);
  const push = (i: number, level: number): void => {
    seen[i] = 1;
    if (first[level] === -1) first[level] = i;
    else next[last[level]!] = i;
    last[level] = i;
  };
  const neighbours = new Int32Array(8);
  const around = (i: number): number => {
    const x = i % width;
    const [left, right] = [x > 0, x < width - 1];
    let n = 0;
    if (left) neighbours[n++] = i - 1;
    if (right) neighbours[n++] = i + 1;
    if (i >= width) {
      neighbours[n++] = i - width;
      if (left) neighbours[n++] = i - width - 1;
      if (right) neighbours[n++] = i - width + 1;
    }
    if (i < width * (height - 1)) {
      neighbours[n++] = i + width;
      if (left) neighbours[n++] = i + width - 1;
      if (right) neighbours[n++] = i + width + 1;
    }
    return n;
  };
  const pushAround = (i: number, level: number): void => {
    const n = around(i);
    for (let k = 0; k < n; k++) {
      const j = neighbours[k]!;
      if (seen[j] || labels[j] !== 0 || (mask && !mask.data[j])) continue;
      comers[j] = labels[i]!;
      push(j, Math.max(level, data[j]! - least));
    }
  };
  for (let i = 0; i < labels.length; i++) {
    if (mask && !mask.data[i]) labels[i] = 0;
  }
  for (let i = 0; i < labels.length; i++) if (labels[i] !== 0) pushAround(i, 0);
  for (let level = 0; level < levels; level++) {
    for (let i = first[level]!; i !== -1; i = first[level]!) {
      first[level] = next[i]!;
      const label = comers[i]!;
      let isRidge = false;
      const n = ridges ? around(i) : 0;
      for (let k = 0; k < n; k++) {
        const other = labels[neighbours[k]!]!;
        if (other !== 0 && other !== label) isRidge = true;
      }
      if (isRidge) continue;
      labels[i] = label;
      pushAround(i, level);
    }
  }
  return { data: labels, width, height, count: markers.count };
}

function rangeOf(data: Int32Array): [least: number, levels: number] {
  let least = Infinity;
  let greatest = -Infinity;
  for (let i = 0; i < data.length; i++) {
    if (data[i]! < least) least = data[i]!;
    if (data[i]! > greatest) greatest = data[i]!;
  }
  const levels = greatest - least + 1;
  if (levels > 65536)
    throw new RangeError(`watershed: heights are ${levels - 1} apart, expected at most 65535; scale them`);
  return [least, levels];
}
