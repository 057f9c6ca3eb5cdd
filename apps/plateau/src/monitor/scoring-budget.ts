/** What scoring may cost. */
export interface ScoringBudgetOptions {
  /** Share of the training time. */
  readonly share: number;
  /** Seconds that are free in all. */
  readonly allowance: number;
}

/** Weight of the newest cost in the expected one. */
const NEWEST = 0.5;

/**
 * Decides from measured times whether an epoch can be scored: all scoring so far and the next one must stay within a share of
 * the time that was spent on training. The first scoring is always done.
 *
 * Times are those of a monotonic clock, which a change of the date doesn't move.
 */
export class ScoringBudget {
  readonly #options: ScoringBudgetOptions;
  readonly #now: () => number;
  #trainingSince: number | undefined;
  #training = 0;
  #scoring = 0;
  #expected: number | undefined;

  /** @param now seconds on a clock that never goes back */
  constructor(options: ScoringBudgetOptions, now: () => number = () => performance.now() / 1000) {
    this.#options = options;
    this.#now = now;
  }

  /** Seconds spent so far. */
  get spent(): { readonly training: number; readonly scoring: number } {
    return { training: this.#training, scoring: this.#scoring };
  }

  /** Training begins or goes on. */
  trainingStarts(): void {
    this.#trainingSince = this.#now();
  }

  /** An epoch has ended. */
  trainingStops(): void {
    if (this.#trainingSince !== undefined) this.#training += this.#now() - this.#trainingSince;
    this.#trainingSince = undefined;
  }

  allows(): boolean {
    if (this.#expected === undefined) return true;
    const { share, allowance } = this.#options;
    return this.#scoring + this.#expected <= allowance + share * this.#training;
  }

  /** Takes seconds that are spent once, as on the reference's own values. */
  charge(seconds: number): void {
    this.#scoring += seconds;
  }

  /** Takes the seconds of a scoring. */
  spend(seconds: number): void {
    this.#scoring += seconds;
    this.#expected = this.#expected === undefined ? seconds : NEWEST * seconds + (1 - NEWEST) * this.#expected;
  }

  /**
   * How many samples to score with: halved, while there are enough left, until a scoring fits in so many epochs' budget.
   * @param wanted what would be scored without a budget
   * @param least what the metrics need
   * @param secondsPerSample what a sample costs
   */
  samples(wanted: number, least: number, secondsPerSample: number): number {
    if (this.#training === 0) return wanted;
    let count = wanted;
    const affordable = EPOCHS_PER_SCORING * this.#options.share * this.#training;
    while (count / 2 >= least && count * secondsPerSample > this.#options.allowance + affordable) {
      count = Math.floor(count / 2);
    }
    return count;
  }
}

/** A cadence slower than this is no longer watching: fewer samples then. */
const EPOCHS_PER_SCORING = 5;
