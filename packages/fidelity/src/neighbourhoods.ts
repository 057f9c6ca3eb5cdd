import {
  distanceCenter,
  nearestNeighbours,
  sharedMatrix,
  squaredDistanceBlocks,
  type Matrix,
  type NearestNeighbours,
} from '@plateau/numerics';
import { BallCounter, type BallMembers } from './ball-members.js';
import { checkPair, type Role } from './check-features.js';
import { checkInteger, checkNeighbours } from './check-options.js';
import { NearestSamples } from './nearest-samples.js';

/** Settings of `Neighbourhoods`. */
export interface NeighbourhoodOptions {
  /** The numbers of neighbours that will be asked for; default 3 and 5, those of the metrics here. */
  readonly k?: readonly number[];
}

/**
 * The distances between two sets of features, reduced to what neighbourhood metrics ask of them. Make one and pass it to
 * precision, recall, density, coverage and their kin instead of the matrices: the distances are then computed once.
 *
 * Nothing is computed before it is asked for, and memory stays bounded by bands of distances. A `k` that was not
 * announced costs another pass over the distances.
 * @example
 * const sets = new Neighbourhoods(reference, generated);
 * const scores = [precision(sets), recall(sets), density(sets), coverage(sets)];
 */
export class Neighbourhoods {
  readonly reference: Matrix;
  readonly generated: Matrix;
  readonly #announced: readonly number[];
  readonly #center: Float64Array;
  readonly #within = new Map<Role, NearestNeighbours>();
  readonly #balls: Record<Role, Map<number, BallMembers>> = { reference: new Map(), generated: new Map() };
  #across: Record<Role, NearestSamples> | undefined;

  /** @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or a k is not a positive integer */
  constructor(reference: Matrix, generated: Matrix, options: NeighbourhoodOptions = {}) {
    checkPair(reference, generated, 1);
    this.reference = sharedMatrix(reference);
    this.generated = sharedMatrix(generated);
    this.#announced = options.k ?? [3, 5];
    for (const k of this.#announced) checkInteger('k', k, 1);
    this.#center = distanceCenter(reference);
  }

  /**
   * The k-nearest-neighbour balls around one set, and what of the other set lies in them.
   * @throws RangeError unless the set has more than k samples
   */
  balls(around: Role, k: number): BallMembers {
    checkNeighbours(k, this[around].rows, around);
    const known = this.#balls[around].get(k);
    if (known) return known;
    this.#measure([...this.#announced, k]);
    return this.balls(around, k);
  }

  /** For each sample of one set, the nearest sample of the other. */
  nearest(of: Role): NearestSamples {
    if (!this.#across) this.#measure(this.#announced);
    return this.#across![of];
  }

  /**
   * The neighbours of each sample within its own set, at least k of them, nearest first.
   * @throws RangeError unless the set has more than k samples
   */
  neighbours(of: Role, k: number): NearestNeighbours {
    checkNeighbours(k, this[of].rows, of);
    const known = this.#within.get(of);
    if (known && known.k >= k) return known;
    const most = Math.max(...[k, ...this.#announced].filter((count) => count < this[of].rows));
    const found = nearestNeighbours(this[of], { k: most, center: this.#center });
    this.#within.set(of, found);
    return found;
  }

  /** One pass over the distances between the sets serves all k at once. */
  #measure(wanted: readonly number[]): void {
    const counters = {
      reference: this.#newCounters('reference', wanted),
      generated: this.#newCounters('generated', wanted),
    };
    const across = {
      reference: new NearestSamples(this.reference.rows),
      generated: new NearestSamples(this.generated.rows),
    };
    for (const block of squaredDistanceBlocks(this.reference, this.generated, { center: this.#center })) {
      for (let row = 0; row < block.rows; row++) {
        const i = block.start + row;
        for (let j = 0; j < block.cols; j++) {
          const distance = block.data[row * block.cols + j];
          across.reference.offer(i, j, distance);
          across.generated.offer(j, i, distance);
        }
        for (const counter of counters.reference) {
          for (let j = 0; j < block.cols; j++) counter.offer(i, j, block.data[row * block.cols + j]);
        }
        for (const counter of counters.generated) {
          for (let j = 0; j < block.cols; j++) counter.offer(j, i, block.data[row * block.cols + j]);
        }
      }
    }
    this.#across = across;
    for (const role of ['reference', 'generated'] as const) {
      for (const counter of counters[role]) this.#balls[role].set(counter.k, counter);
    }
  }

  #newCounters(around: Role, wanted: readonly number[]): BallCounter[] {
    const others = around === 'reference' ? this.generated.rows : this.reference.rows;
    const missing = new Set(wanted.filter((k) => k < this[around].rows && !this.#balls[around].has(k)));
    return [...missing].map((k) => new BallCounter(k, this.#squaredRadii(around, k), others));
  }

  #squaredRadii(around: Role, k: number): Float64Array {
    const found = this.neighbours(around, k);
    return Float64Array.from({ length: this[around].rows }, (_, i) => found.squaredDistances[i * found.k + k - 1]);
  }
}
