import { RECOVERED } from './sequential-evidence.js';

/** How far a generator has come by the tests of one kind of failure. */
export interface Growth {
  /** Whether it has ever passed all of them at once. */
  readonly mature: boolean;
  /** Whether it has not yet, and has just gained a standard error in one of them. */
  readonly grown: boolean;
}

/**
 * Tells a generator that lost what a kind of failure takes away from one that is too young to have had it. All tests of
 * the kind count together: samples of no variety at all can lie evenly apart, and pass one of them.
 */
export class Maturity {
  #mature = false;
  readonly #best: number[] = [];

  /** @param margins of each test above its failing level, in standard errors; undefined where its signal is unknown */
  observe(margins: readonly (number | undefined)[]): Growth {
    const known = margins.filter((margin) => margin !== undefined);
    this.#mature ||= known.length > 0 && known.every((margin) => margin > RECOVERED);
    const grown = !this.#mature && margins.some((margin, i) => margin !== undefined && margin > this.#bestOf(i) + 1);
    margins.forEach((margin, i) => (this.#best[i] = Math.max(this.#bestOf(i), margin ?? -Infinity)));
    return { mature: this.#mature, grown };
  }

  #bestOf(test: number): number {
    return this.#best[test] ?? -Infinity;
  }
}
