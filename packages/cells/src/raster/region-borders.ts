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
 * The borders between touching regions, each pair once, a < b; one pass with a hash table of plain numbers.
 * @throws RangeError when sizes differ
 */
export function regionBorders(regions: LabelMap, evidence: Raster): RegionBorder[] {
  requireSameSize('regionBorders', regions, evidence);
  const { data, width, height, count } = regions;
  const table = new PairTable(count);
  const e = evidence.data;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const label = data[i]!;
      if (x + 1 < width && data[i + 1] !== label) table.add(label, data[i + 1]!, e[i]! > e[i + 1]! ? e[i]! : e[i + 1]!);
      const below = i + width;
      if (y + 1 < height && data[below] !== label)
        table.add(label, data[below]!, e[i]! > e[below]! ? e[i]! : e[below]!);
    }
  }
  return table.borders();
}

/** Sums by pair: open addressing, doubled when it is half full. */
class PairTable {
  readonly #count: number;
  #keys = new Float64Array(1024);
  #lengths = new Int32Array(1024);
  #sums = new Float64Array(1024);
  #used = 0;

  constructor(count: number) {
    this.#count = count;
  }

  add(a: number, b: number, evidence: number): void {
    if (a === 0 || b === 0) return;
    const key = a < b ? a * (this.#count + 1) + b : b * (this.#count + 1) + a;
    const at = this.#find(key);
    if (this.#keys[at] === 0) {
      this.#keys[at] = key;
      this.#used++;
    }
    this.#lengths[at]!++;
    this.#sums[at]! += evidence < 0 ? 0 : evidence > 1 ? 1 : evidence;
    if (2 * this.#used > this.#keys.length) this.#grow();
  }

  borders(): RegionBorder[] {
    const found: RegionBorder[] = [];
    for (let at = 0; at < this.#keys.length; at++) {
      const key = this.#keys[at]!;
      if (key === 0) continue;
      const a = Math.floor(key / (this.#count + 1));
      found.push({ a, b: key - a * (this.#count + 1), length: this.#lengths[at]!, sum: this.#sums[at]! });
    }
    return found.sort((p, q) => p.a - q.a || p.b - q.b);
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1;
    let at = (Math.imul(key | 0, 0x9e3779b1) >>> 16) & mask;
    while (this.#keys[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const [keys, lengths, sums] = [this.#keys, this.#lengths, this.#sums];
    this.#keys = new Float64Array(2 * keys.length);
    this.#lengths = new Int32Array(2 * keys.length);
    this.#sums = new Float64Array(2 * keys.length);
    for (let old = 0; old < keys.length; old++) {
      if (keys[old] === 0) continue;
      const at = this.#find(keys[old]!);
      this.#keys[at] = keys[old]!;
      this.#lengths[at] = lengths[old]!;
      this.#sums[at] = sums[old]!;
    }
  }
}
