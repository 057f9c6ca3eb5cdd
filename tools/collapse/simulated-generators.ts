import { RandomState, type Matrix } from '@plateau/numerics';

/** A distribution of reference features. */
export interface World {
  readonly name: string;
  /** Fills rows of standard normal numbers with features. */
  shape(normal: Float64Array, d: number): void;
}

/** What a generator is like in one epoch. */
export interface GeneratorState {
  /** Scale about the reference's mean. Default 1. */
  readonly scale?: number;
  /** Distance of the samples' mean from the reference's, in each direction, as a share of that direction's deviation. */
  readonly shift?: number;
  /** How far every sample is pulled to its mode, from 0 to 1. */
  readonly pull?: number;
  /** Share of the samples that lie at modes whatever `pull` is. */
  readonly taken?: number;
}

/** How far samples of one mode lie apart, as a share of the reference's deviation. */
const JITTER = 0.05;

export const worlds: readonly World[] = [
  { name: 'flat', shape: () => {} },
  { name: '1/i', shape: (x, d) => scaleColumns(x, d, (j) => (j + 1) ** -0.5) },
  { name: '1/i²', shape: (x, d) => scaleColumns(x, d, (j) => 1 / (j + 1)) },
  {
    name: 'rectified',
    shape(x, d) {
      scaleColumns(x, d, (j) => (j + 1) ** -0.25);
      for (let i = 0; i < x.length; i += 1) x[i] = Math.max(0, x[i] + 0.1);
    },
  },
];

function scaleColumns(x: Float64Array, d: number, scale: (column: number) => number): void {
  for (let i = 0; i < x.length; i += 1) x[i] *= scale(i % d);
}

/** Columns are off to either side, as if in random directions: to one side, the shift would be what all samples share. */
function sideOf(column: number): number {
  return column % 2 === 0 ? 1 : -1;
}

/** Draws reference features and those of a generator with modes of its own. */
export class SimulatedGenerator {
  readonly #world: World;
  readonly #d: number;
  readonly #random: RandomState;
  readonly #modes: Float64Array;
  readonly #modeCount: number;
  readonly #mean: Float64Array;
  readonly #deviation: Float64Array;

  constructor(world: World, d: number, modeCount: number, seed: number) {
    this.#world = world;
    this.#d = d;
    this.#random = new RandomState(seed);
    this.#modeCount = modeCount;
    this.#modes = this.#features(modeCount);
    const sample = this.#features(2000);
    this.#mean = new Float64Array(d);
    this.#deviation = new Float64Array(d);
    for (let i = 0; i < sample.length; i += 1) this.#mean[i % d] += sample[i] / 2000;
    for (let i = 0; i < sample.length; i += 1) this.#deviation[i % d] += (sample[i] - this.#mean[i % d]) ** 2 / 2000;
    for (let j = 0; j < d; j += 1) this.#deviation[j] = Math.sqrt(this.#deviation[j]);
  }

  reference(n: number): Matrix {
    return { data: Float32Array.from(this.#features(n)), rows: n, cols: this.#d };
  }

  /** @param latents standard normal numbers, for a generator that is asked for the same samples every time */
  draw(n: number, { scale = 1, shift = 0, pull = 0, taken = 0 }: GeneratorState, latents?: Float64Array): Matrix {
    const d = this.#d;
    const x = this.#features(n, latents);
    const noise = pull > 0 || taken > 0 ? this.#random.randn(n, d) : undefined;
    for (let i = 0; i < n; i += 1) {
      const mode = Math.floor(this.#random.random() * this.#modeCount);
      const toMode = i < taken * n ? 1 : pull;
      for (let j = 0; j < d; j += 1) {
        const at = i * d + j;
        const healthy = this.#mean[j] + scale * (x[at] - this.#mean[j]) + sideOf(j) * shift * this.#deviation[j];
        x[at] = (1 - toMode) * healthy + toMode * this.#modes[mode * d + j];
        if (noise && toMode > 0) x[at] += JITTER * toMode * this.#deviation[j] * noise[at];
      }
    }
    return { data: Float32Array.from(x), rows: n, cols: d };
  }

  latents(n: number): Float64Array {
    return this.#random.randn(n, this.#d);
  }

  #features(n: number, latents?: Float64Array): Float64Array {
    const x = latents ? latents.slice() : this.#random.randn(n, this.#d);
    this.#world.shape(x, this.#d);
    return x;
  }
}
