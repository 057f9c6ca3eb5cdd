import type { Growth } from './maturity.js';

/**
 * How many standard errors above the failing level the weakest healthy generator lies: the null hypothesis of the test.
 * Between the two lies a zone in which the test promises nothing.
 */
export const MARGIN = 6;
/** Margins at which a signal becomes low, and at which it is healthy again. */
const LOW = 2;
export const RECOVERED = 3;
/** Nothing is gained by evidence beyond this. */
const LARGEST_LOG = 700;

/** How long a signal must be low before it counts. */
export interface Patience {
  /** Scored epochs in a row, once the generator has been healthy. */
  readonly patience: number;
  /** Scored epochs in a row without growth, before that. */
  readonly grace: number;
}

/**
 * Evidence that one signal has fallen below its failing level, valid however long and however often one looks.
 *
 * Of each look, with the margin x of the signal above the failing level in standard errors, e = exp(M²/2 − M·x) has a mean
 * of at most 1 for every generator whose true margin is at least M, if the error of x is sub-Gaussian: it is an e-value.
 * Looks are weighted by w(t) = ln 2·(1/ln(t + 1) − 1/ln(t + 2)), which sum to 1, and added up. The sum never falls and
 * has a mean of at most 1 in the limit, so that it exceeds 1/α with a probability of at most α at any time (Markov's
 * inequality at the limit, which for such a sum is Ville's), whatever the dependence between looks: the same
 * latents, the same reference, a generator that hardly moves (Vovk & Wang 2021 on averaging e-values).
 * Only the looks of the present streak are used, which makes the sum smaller still.
 */
export class SequentialEvidence {
  readonly #patience: Patience;
  #low = false;
  #streak = 0;
  #mature = false;
  #log = -Infinity;

  constructor(patience: Patience) {
    this.#patience = patience;
  }

  /** Whether the signal is low now. */
  get low(): boolean {
    return this.#low;
  }

  get streak(): number {
    return this.#streak;
  }

  /** Natural logarithm of the evidence of the present streak; −∞ without one. */
  get log(): number {
    return this.#log;
  }

  /** Whether the streak is long enough to act on. */
  get ready(): boolean {
    return this.#low && this.#streak >= (this.#mature ? this.#patience.patience : this.#patience.grace);
  }

  /**
   * Takes a look.
   * @param margin of the signal above its failing level, in standard errors
   * @param look its number from 1; 0 in the warm-up, in which nothing counts against the generator
   * @param growth of the generator by all tests of this kind of failure
   */
  observe(margin: number, look: number, { mature, grown }: Growth): void {
    this.#low = margin < (this.#low ? RECOVERED : LOW);
    this.#mature = mature;
    if (!this.#low || look === 0 || grown) {
      this.#streak = 0;
      this.#log = -Infinity;
      return;
    }
    this.#streak += 1;
    const weight = Math.LN2 * (1 / Math.log(look + 1) - 1 / Math.log(look + 2));
    this.#log = addLogs(this.#log, Math.log(weight) + Math.min(LARGEST_LOG, MARGIN ** 2 / 2 - MARGIN * margin));
  }
}

/** ln(eᵃ + eᵇ). */
export function addLogs(a: number, b: number): number {
  const largest = Math.max(a, b);
  return largest === -Infinity ? largest : largest + Math.log1p(Math.exp(Math.min(a, b) - largest));
}
