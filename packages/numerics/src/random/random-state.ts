import { MersenneTwister } from './mersenne-twister.js';

/**
 * Random numbers in the order of numpy's legacy `numpy.random.RandomState` with an integer seed, so that seeded results
 * can be compared with Python's.
 * @example new RandomState(0).randn() // => 1.764052345967664
 */
export class RandomState {
  readonly #twister: MersenneTwister;
  #spareNormal: number | undefined;

  /** @throws RangeError unless 0 ≤ seed < 2³², an integer */
  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) {
      throw new RangeError(`a seed is an integer from 0 to 4294967295, got ${seed}`);
    }
    this.#twister = new MersenneTwister(seed);
  }

  /** One sample, uniform on [0, 1), of 53 random bits. */
  random(): number {
    const high = this.#twister.next() >>> 5;
    const low = this.#twister.next() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** `count` samples, uniform on [0, 1). */
  randomSample(count: number): Float64Array {
    return Float64Array.from({ length: count }, () => this.random());
  }

  /** One standard normal sample, by Marsaglia's polar method, which makes two and keeps the second for the next call. */
  randn(): number;
  /** A standard normal matrix, filled row by row, as an array of rows×cols samples. */
  randn(rows: number, cols?: number): Float64Array;
  randn(rows?: number, cols = 1): number | Float64Array {
    if (rows === undefined) return this.#normal();
    const samples = new Float64Array(rows * cols);
    for (let i = 0; i < samples.length; i++) samples[i] = this.#normal();
    return samples;
  }

  #normal(): number {
    if (this.#spareNormal !== undefined) {
      const spare = this.#spareNormal;
      this.#spareNormal = undefined;
      return spare;
    }
    for (;;) {
      const x = 2 * this.random() - 1;
      const y = 2 * this.random() - 1;
      const squared = x * x + y * y;
      if (squared < 1 && squared !== 0) {
        const factor = Math.sqrt((-2 * Math.log(squared)) / squared);
        this.#spareNormal = factor * x;
        return factor * y;
      }
    }
  }

  /**
   * One integer, uniform on [low, high); with one argument on [0, low).
   * @throws RangeError when the range is empty, not of integers or longer than 2³²
   */
  randint(low: number, high?: number): number {
    const [from, below] = high === undefined ? [0, low] : [low, high];
    const span = below - from;
    if (!Number.isSafeInteger(from) || !Number.isSafeInteger(below) || span < 1 || span > 2 ** 32) {
      throw new RangeError(`randint needs integers low < high at most 2^32 apart, got [${from}, ${below})`);
    }
    return from + this.#upTo(span - 1);
  }

  /** Uniform on [0, max]: draws as many bits as `max` has until they do not exceed it. */
  #upTo(max: number): number {
    if (max === 0) return 0;
    const mask = 0xffffffff >>> Math.clz32(max);
    for (;;) {
      const value = (this.#twister.next() & mask) >>> 0;
      if (value <= max) return value;
    }
  }

  /** Shuffles in place, from the last element down. */
  shuffle<T extends { length: number; [index: number]: unknown }>(values: T): T {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
    return values;
  }

  /**
   * The integers 0…n−1 in random order.
   * @example new RandomState(2020).permutation(10) // => Int32Array [2, 4, 9, 1, 5, 7, 6, 3, 8, 0]
   */
  permutation(n: number): Int32Array {
    return this.shuffle(Int32Array.from({ length: n }, (_, i) => i));
  }

  /**
   * `size` different integers below n: numpy's `choice(n, size, replace=False)`, the head of a permutation.
   * @throws RangeError when size exceeds n
   */
  choice(n: number, size: number): Int32Array {
    if (size > n) throw new RangeError(`cannot choose ${size} different ones of ${n}: ask for at most ${n}`);
    return this.permutation(n).subarray(0, size);
  }
}
