/** What lies in the k-nearest-neighbour balls around the samples of one set. Membership arrays hold 0 and 1. */
export interface BallMembers {
  readonly k: number;
  /** Squared radius of each ball: the squared distance of its centre to the k-th nearest other sample of its own set. */
  readonly squaredRadii: Float64Array;
  /** For each sample of the other set: whether it lies in some closed ball (distance `<=` radius). */
  readonly inClosed: Uint8Array;
  /** The same for open balls (distance `<` radius). */
  readonly inOpen: Uint8Array;
  /** For each ball: whether it holds, strictly inside, a sample of the other set. */
  readonly occupied: Uint8Array;
  /** How often an open ball holds a sample of the other set. */
  readonly openPairs: number;
}

/** Collects `BallMembers` pair by pair. */
export class BallCounter implements BallMembers {
  readonly inClosed: Uint8Array;
  readonly inOpen: Uint8Array;
  readonly occupied: Uint8Array;
  openPairs = 0;

  constructor(
    readonly k: number,
    readonly squaredRadii: Float64Array,
    others: number,
  ) {
    this.inClosed = new Uint8Array(others);
    this.inOpen = new Uint8Array(others);
    this.occupied = new Uint8Array(squaredRadii.length);
  }

  offer(center: number, other: number, squaredDistance: number): void {
    const squaredRadius = this.squaredRadii[center];
    if (squaredDistance > squaredRadius) return;
    this.inClosed[other] = 1;
    if (squaredDistance === squaredRadius) return;
    this.inOpen[other] = 1;
    this.occupied[center] = 1;
    this.openPairs++;
  }
}
