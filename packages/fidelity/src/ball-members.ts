import type { DistanceBlock, ScreenedDistances } from '@plateau/numerics';
import type { Role } from './check-features.js';

/** What lies in the k-nearest-neighbour balls around the samples of one set. Membership arrays hold 0 and 1. */
export interface BallMembers {
  readonly k: number;
  /** For each sample of the other set: whether it lies in some closed ball (distance `<=` radius). */
  readonly inClosed: Uint8Array;
  /** The same for open balls (distance `<` radius). */
  readonly inOpen: Uint8Array;
  /** For each ball: whether it holds, strictly inside, a sample of the other set. */
  readonly occupied: Uint8Array;
  /** How often an open ball holds a sample of the other set. */
  readonly openPairs: number;
}

/** Collects `BallMembers` from blocks of distances of reference rows to generated columns. */
export class BallCounter implements BallMembers {
  readonly inClosed: Uint8Array;
  readonly inOpen: Uint8Array;
  readonly occupied: Uint8Array;
  openPairs = 0;

  /**
   * @param around whose samples are the centres
   * @param squaredRadii one a centre: the squared distance to the k-th nearest other sample of its own set
   * @param others size of the other set
   */
  constructor(
    readonly around: Role,
    readonly k: number,
    readonly squaredRadii: Float64Array,
    others: number,
  ) {
    this.inClosed = new Uint8Array(others);
    this.inOpen = new Uint8Array(others);
    this.occupied = new Uint8Array(squaredRadii.length);
  }

  take({ start, rows, cols, data }: DistanceBlock, distances: ScreenedDistances): void {
    const { errorsA, errorsB } = distances;
    const { squaredRadii } = this;
    const centersAreRows = this.around === 'reference';
    for (let row = 0; row < rows; row++) {
      const i = start + row;
      const error = errorsA[i];
      for (let j = 0; j < cols; j++) {
        const approximation = data[row * cols + j];
        const squaredRadius = squaredRadii[centersAreRows ? i : j];
        const bound = error + errorsB[j];
        if (approximation - bound > squaredRadius) continue;
        const distance = approximation + bound < squaredRadius ? approximation : distances.exact(i, j);
        if (centersAreRows) this.#offer(i, j, distance, squaredRadius);
        else this.#offer(j, i, distance, squaredRadius);
      }
    }
  }

  #offer(center: number, other: number, squaredDistance: number, squaredRadius: number): void {
    if (squaredDistance > squaredRadius) return;
    this.inClosed[other] = 1;
    if (squaredDistance === squaredRadius) return;
    this.inOpen[other] = 1;
    this.occupied[center] = 1;
    this.openPairs++;
  }
}
