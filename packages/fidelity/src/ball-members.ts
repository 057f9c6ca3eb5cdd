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
  /** For each sample of the other set: the largest (radius / distance)² over the balls of at most median radius. */
  readonly largestSquaredRatios: Float64Array;
}

/** Collects `BallMembers` pair by pair. */
export class BallCounter implements BallMembers {
  readonly inClosed: Uint8Array;
  readonly inOpen: Uint8Array;
  readonly occupied: Uint8Array;
  readonly largestSquaredRatios: Float64Array;
  openPairs = 0;
  readonly #medianSquaredRadius: number;

  constructor(
    readonly k: number,
    readonly squaredRadii: Float64Array,
    others: number,
  ) {
    this.inClosed = new Uint8Array(others);
    this.inOpen = new Uint8Array(others);
    this.occupied = new Uint8Array(squaredRadii.length);
    this.largestSquaredRatios = new Float64Array(others);
    this.#medianSquaredRadius = median(squaredRadii);
  }

  offer(center: number, other: number, squaredDistance: number): void {
    const squaredRadius = this.squaredRadii[center];
    if (squaredRadius <= this.#medianSquaredRadius) {
      const ratio = squaredDistance === 0 ? Infinity : squaredRadius / squaredDistance;
      if (ratio > this.largestSquaredRatios[other]) this.largestSquaredRatios[other] = ratio;
    }
    if (squaredDistance > squaredRadius) return;
    this.inClosed[other] = 1;
    if (squaredDistance === squaredRadius) return;
    this.inOpen[other] = 1;
    this.occupied[center] = 1;
    this.openPairs++;
  }
}

/** Of the distances, not their squares, where the count is even: the mean of the middle two, squared again. */
function median(squared: Float64Array): number {
  const sorted = squared.slice().sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle];
  return ((Math.sqrt(sorted[middle - 1]) + Math.sqrt(sorted[middle])) / 2) ** 2;
}
