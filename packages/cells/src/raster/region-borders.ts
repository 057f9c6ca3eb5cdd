import { PairIndex } from './pair-index.js';
import { touchingPixels } from './touching-pixels.js';
import { requireSameSize, type LabelMap, type Raster } from './raster.js';

/** Where two regions that leave no line between them touch. */
export interface RegionBorder {
  readonly a: number;
  readonly b: number;
  /** Pixel sides between them. */
  readonly length: number;
  /** Of the greater evidence of both pixels, cut off to 0 to 1, over those sides. */
  readonly sum: number;
}

/**
 * The borders between touching regions, each pair once, a < b; one pass over the pixel sides.
 * @throws RangeError when sizes differ
 */
export function regionBorders(regions: LabelMap, evidence: Raster): RegionBorder[] {
  requireSameSize('regionBorders', regions, evidence);
  const { data, width, count } = regions;
  const pairs = new PairIndex(count);
  const sums = new BorderSums();
  const e = evidence.data;
  for (const i of touchingPixels(regions)) {
    const label = data[i]!;
    const right = (i + 1) % width !== 0 ? data[i + 1]! : 0;
    if (right !== label && right !== 0) sums.add(pairs.of(label, right), e[i]!, e[i + 1]!);
    const below = i + width < data.length ? data[i + width]! : 0;
    if (below !== label && below !== 0) sums.add(pairs.of(label, below), e[i]!, e[i + width]!);
  }
  const borders = Array.from({ length: pairs.size }, (_, k): RegionBorder => {
    const [a, b] = pairs.pair(k);
    return { a, b, length: sums.lengths[k]!, sum: sums.evidence[k]! };
  });
  return borders.sort((p, q) => p.a - q.a || p.b - q.b);
}

/** Pixel sides and evidence of each pair. */
class BorderSums {
  lengths = new Int32Array(512);
  evidence = new Float64Array(512);

  /** A pixel side of pair k between two pixels. */
  add(k: number, one: number, other: number): void {
    if (k >= this.lengths.length) this.#grow(k);
    const value = one > other ? one : other;
    this.lengths[k]!++;
    this.evidence[k]! += value < 0 ? 0 : value > 1 ? 1 : value;
  }

  #grow(k: number): void {
    const [lengths, evidence] = [this.lengths, this.evidence];
    this.lengths = new Int32Array(2 * k);
    this.evidence = new Float64Array(2 * k);
    this.lengths.set(lengths);
    this.evidence.set(evidence);
  }
}
