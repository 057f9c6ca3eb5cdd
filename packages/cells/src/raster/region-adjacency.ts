import { requireSameSize, type LabelMap, type Raster } from './raster.js';

/** The line along which two regions meet. */
export interface SharedRidge {
  readonly a: number;
  readonly b: number;
  /** Ridge pixels that have both regions among their 8 neighbours. */
  readonly length: number;
  /** Mean of the evidence over those pixels. */
  readonly evidence: number;
}

/**
 * The region adjacency graph of a label map with ridge lines: which regions meet, over how many pixels of 0 between them,
 * and how strong the evidence (say, for a wall) is there.
 * @returns each pair once, a < b
 * @throws RangeError when the sizes differ
 */
export function sharedRidges(labels: LabelMap, evidence: Raster<ArrayLike<number>>): SharedRidge[] {
  requireSameSize('sharedRidges', labels, evidence);
  const { data, width, height, count } = labels;
  const ridges = new Map<number, { a: number; b: number; length: number; sum: number }>();
  const met: number[] = [];
  for (let i = 0; i < data.length; i++) {
    if (data[i] !== 0) continue;
    regionsAround(data, width, height, i, met);
    for (let p = 1; p < met.length; p++) {
      for (let q = 0; q < p; q++) {
        const a = Math.min(met[p]!, met[q]!);
        const b = Math.max(met[p]!, met[q]!);
        const key = a * (count + 1) + b;
        let ridge = ridges.get(key);
        if (!ridge) ridges.set(key, (ridge = { a, b, length: 0, sum: 0 }));
        ridge.length += 1;
        ridge.sum += evidence.data[i]!;
      }
    }
  }
  return [...ridges.values()].map(({ a, b, length, sum }) => ({ a, b, length, evidence: sum / length }));
}

/** The different regions among the 8 neighbours of a pixel, into `met`. */
function regionsAround(data: Int32Array, width: number, height: number, i: number, met: number[]): void {
  met.length = 0;
  const x = i % width;
  const y = (i - x) / width;
  for (let v = Math.max(y - 1, 0); v <= Math.min(y + 1, height - 1); v++) {
    for (let u = Math.max(x - 1, 0); u <= Math.min(x + 1, width - 1); u++) {
      const label = data[v * width + u]!;
      if (label !== 0 && !met.includes(label)) met.push(label);
    }
  }
}
