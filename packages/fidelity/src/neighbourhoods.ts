import {
  distanceCenter,
  nearestNeighbours,
  ScreenedDistances,
  sharedMatrix,
  type DistanceBlock,
  type Matrix,
  type NearestNeighbours,
} from '@plateau/numerics';
import { BallCounter, type BallMembers } from './ball-members.js';
import { checkPair, type Role } from './check-features.js';
import { checkInteger, checkNeighbours } from './check-options.js';
import { LargestRatios } from './largest-ratios.js';
import { NearestSamples } from './nearest-samples.js';

/** Settings of `Neighbourhoods`. */
export interface NeighbourhoodOptions {
  /** The numbers of neighbours that will be asked for; default 3 and 5, those of the metrics here. */
  readonly k?: readonly number[];
}

/** What a pass over the distances between the sets feeds. */
interface Consumer {
  take(block: DistanceBlock, distances: ScreenedDistances): void;
}

/**
 * The distances between two sets of features, reduced to what neighbourhood metrics ask of them. Make one and pass it to
 * precision, recall, density, coverage and their kin instead of the matrices: the distances are then computed once.
 *
 * Nothing is computed before it is asked for. Distances of small sets (up to about 2000 × 2000) are kept; of larger ones,
 * memory stays bounded by bands, one pass serves every metric, and a `k` that was not announced costs another. Comparisons
 * rest on exact distances wherever the faster float32 ones could mislead.
 * @example
 * const sets = new Neighbourhoods(reference, generated);
 * const scores = [precision(sets), recall(sets), density(sets), coverage(sets)];
 */
export class Neighbourhoods {
  readonly reference: Matrix;
  readonly generated: Matrix;
  readonly #announced: readonly number[];
  /** Each set's own, so that a tight set far from the other keeps its small distances. */
  readonly #centers: Record<Role, Float64Array>;
  readonly #within = new Map<Role, NearestNeighbours>();
  readonly #results = new Map<string, Consumer>();
  #distances: ScreenedDistances | undefined;
  /** The only block of small sets. */
  #block: DistanceBlock | undefined;

  /** @throws RangeError when a set is empty, the widths differ, an element is NaN or Inf or a k is not a positive integer */
  constructor(reference: Matrix, generated: Matrix, options: NeighbourhoodOptions = {}) {
    checkPair(reference, generated, 1);
    this.reference = sharedMatrix(reference);
    this.generated = sharedMatrix(generated);
    this.#announced = options.k ?? [3, 5];
    for (const k of this.#announced) checkInteger('k', k, 1);
    this.#centers = { reference: distanceCenter(reference), generated: distanceCenter(generated) };
  }

  /**
   * The k-nearest-neighbour balls around one set, and what of the other set lies in them.
   * @throws RangeError unless the set has more than k samples
   */
  balls(around: Role, k: number): BallMembers {
    checkNeighbours(k, this[around].rows, around);
    return this.#result(ballsKey(around, k), () => this.#newBalls(around, k));
  }

  /**
   * For each generated sample, the largest (radius / distance)² over the k-nearest-neighbour balls around reference samples
   * that have at most the median radius.
   * @throws RangeError unless the reference has more than k samples
   */
  largestSquaredRatios(k: number): Float64Array {
    checkNeighbours(k, this.reference.rows, 'reference');
    return this.#result(ratiosKey(k), () => this.#newRatios(k)).squaredRatios;
  }

  /** For each sample of one set, the nearest sample of the other. */
  nearest(of: Role): NearestSamples {
    return this.#result(nearestKey(of), () => new NearestSamples(of, this[of].rows));
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
    const found = nearestNeighbours(this[of], { k: most, center: this.#centers[of] });
    this.#within.set(of, found);
    return found;
  }

  #result<T extends Consumer>(key: string, make: () => T): T {
    const known = this.#results.get(key);
    if (known) return known as T;
    const wanted = make();
    const pass = new Map<string, Consumer>([[key, wanted]]);
    this.#distances ??= new ScreenedDistances(this.reference, this.generated, { center: this.#centers.reference });
    if (this.#block) {
      wanted.take(this.#block, this.#distances);
    } else {
      for (const block of this.#distances.blocks()) {
        if (block.rows === this.reference.rows) this.#block = block;
        else if (block.start === 0) this.#addStanding(pass);
        for (const consumer of pass.values()) consumer.take(block, this.#distances);
      }
    }
    for (const [name, consumer] of pass) this.#results.set(name, consumer);
    return wanted;
  }

  /** What else is likely to be asked for, when another pass over the distances would be dear. */
  #addStanding(pass: Map<string, Consumer>): void {
    const add = (key: string, make: () => Consumer): void => {
      if (!pass.has(key) && !this.#results.has(key)) pass.set(key, make());
    };
    for (const role of ['reference', 'generated'] as const) {
      add(nearestKey(role), () => new NearestSamples(role, this[role].rows));
      for (const k of this.#announced.filter((count) => count < this[role].rows)) {
        add(ballsKey(role, k), () => this.#newBalls(role, k));
        if (role === 'reference') add(ratiosKey(k), () => this.#newRatios(k));
      }
    }
  }

  #newBalls(around: Role, k: number): BallCounter {
    const others = around === 'reference' ? this.generated.rows : this.reference.rows;
    return new BallCounter(around, k, this.#squaredRadii(around, k), others);
  }

  #newRatios(k: number): LargestRatios {
    return new LargestRatios(this.#squaredRadii('reference', k), this.generated.rows);
  }

  #squaredRadii(around: Role, k: number): Float64Array {
    const found = this.neighbours(around, k);
    return Float64Array.from({ length: this[around].rows }, (_, i) => found.squaredDistances[i * found.k + k - 1]);
  }
}

const ballsKey = (around: Role, k: number): string => `balls ${around} ${k}`;
const ratiosKey = (k: number): string => `ratios ${k}`;
const nearestKey = (of: Role): string => `nearest ${of}`;
