const LENGTH = 624;
const MIDDLE = 397;

/** MT19937 (Matsumoto & Nishimura 1998), seeded by one 32-bit integer as the authors' `init_genrand`. */
export class MersenneTwister {
  readonly #state = new Uint32Array(LENGTH);
  #position = LENGTH;

  constructor(seed: number) {
    this.#state[0] = seed;
    for (let i = 1; i < LENGTH; i++) {
      const previous = this.#state[i - 1] ^ (this.#state[i - 1] >>> 30);
      this.#state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  /** The next 32 random bits, as an unsigned integer. */
  next(): number {
    if (this.#position === LENGTH) this.#twist();
    let bits = this.#state[this.#position++];
    bits ^= bits >>> 11;
    bits ^= (bits << 7) & 0x9d2c5680;
    bits ^= (bits << 15) & 0xefc60000;
    return (bits ^ (bits >>> 18)) >>> 0;
  }

  #twist(): void {
    const state = this.#state;
    for (let i = 0; i < LENGTH; i++) {
      const mixed = (state[i] & 0x80000000) | (state[(i + 1) % LENGTH] & 0x7fffffff);
      state[i] = state[(i + MIDDLE) % LENGTH] ^ (mixed >>> 1) ^ (mixed & 1 ? 0x9908b0df : 0);
    }
    this.#position = 0;
  }
}
