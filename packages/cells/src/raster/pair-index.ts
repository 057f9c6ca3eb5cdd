/** Numbers unordered pairs of different labels in the order in which they come: a hash table of plain numbers. */
export class PairIndex {
  /** How many pairs there are. */
  size = 0;
  readonly #labels: number;
  // So many of a hash's 32 bits are left out that the others number the places of the table.
  #shift = 22;
  #keys = new Float64Array(1024);
  #indices = new Int32Array(1024);
  #pairs = new Float64Array(512);
  // The pair asked for last, which is often asked for again.
  #lastKey = 0;
  #lastIndex = -1;

  /** @param labels the greatest label */
  constructor(labels: number) {
    this.#labels = labels;
  }

  /** The number of a pair of labels, from 0 on; a new one when it has none. */
  of(a: number, b: number): number {
    const key = a < b ? a * (this.#labels + 1) + b : b * (this.#labels + 1) + a;
    if (key === this.#lastKey) return this.#lastIndex;
    this.#lastKey = key;
    const at = this.#find(key);
    if (this.#keys[at] === key) return (this.#lastIndex = this.#indices[at]!);
    this.#keys[at] = key;
    this.#indices[at] = this.size;
    this.#pairs[this.size] = key;
    this.size++;
    if (2 * this.size >= this.#keys.length) this.#grow();
    return (this.#lastIndex = this.size - 1);
  }

  /** The labels of a pair, the lesser first. */
  pair(index: number): [number, number] {
    const key = this.#pairs[index]!;
    const a = Math.floor(key / (this.#labels + 1));
    return [a, key - a * (this.#labels + 1)];
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1;
    let at = Math.imul(key | 0, 0x9e3779b1) >>> this.#shift;
    while (this.#keys[at] !== 0 && this.#keys[at] !== key) at = (at + 1) & mask;
    return at;
  }

  #grow(): void {
    const pairs = new Float64Array(2 * this.#pairs.length);
    pairs.set(this.#pairs);
    this.#pairs = pairs;
    this.#shift--;
    this.#keys = new Float64Array(2 * this.#keys.length);
    this.#indices = new Int32Array(this.#keys.length);
    for (let index = 0; index < this.size; index++) {
      const at = this.#find(pairs[index]!);
      this.#keys[at] = pairs[index]!;
      this.#indices[at] = index;
    }
  }
}
