/** What a set of samples shows of its variety. Each is larger for a more varied set. */
export interface DiversitySignals {
  /** Vendi score: the effective number of distinct samples. */
  readonly vendi: number;
  /** Share of the reference that lies within the samples' neighbourhoods. */
  readonly recall: number;
  /** Root mean square distance between two samples, in feature space. */
  readonly spread: number;
}

/** When collapse is called. Shares are of the reference's own value at the same number of images. */
export interface CollapseOptions {
  /** Scored epochs, from the first, in which nothing is called: generators start out without variety. Default 3. */
  readonly warmup?: number;
  /** Scored epochs in a row that must look collapsed. Default 2. */
  readonly patience?: number;
  /**
   * A signal is low below this share of the reference's. Default 0.35 for vendi, 0.5 for spread, 0.1 for recall. Of the
   * Vendi score the part above 1 is taken: one mode scores 1, and similar micrographs score little more.
   */
  readonly thresholds?: Partial<DiversitySignals>;
  /** A low signal counts as recovered only above `threshold · recovery`. Default 1.2. */
  readonly recovery?: number;
}

/** What the detector saw in one scored epoch. */
export interface CollapseState {
  /** Signals as shares of the reference's own. */
  readonly shares: DiversitySignals;
  readonly low: readonly (keyof DiversitySignals)[];
  /** Scored epochs in a row that looked collapsed, warm-up excluded. */
  readonly streak: number;
  readonly collapsed: boolean;
  /** One sentence with the evidence, when it looks collapsed. */
  readonly evidence?: string;
}

const names: readonly (keyof DiversitySignals)[] = ['vendi', 'recall', 'spread'];

/**
 * Calls a collapse when at least two of three diversity signals stay low against the reference's own values.
 *
 * One signal alone misleads: recall is 0 for any young generator whose samples are still far from the reference, and
 * the spread of a few far-apart modes is wide. Two together, for `patience` scored epochs, are a collapse.
 * @example new CollapseDetector({ vendi: 20, recall: 0.8, spread: 10 }).observe({ vendi: 18, recall: 0.7, spread: 9 }).collapsed // => false
 */
export class CollapseDetector {
  readonly #reference: DiversitySignals;
  readonly #thresholds: DiversitySignals;
  readonly #warmup: number;
  readonly #patience: number;
  readonly #recovery: number;
  readonly #low = new Set<keyof DiversitySignals>();
  #seen = 0;
  #streak = 0;

  constructor(reference: DiversitySignals, options: CollapseOptions = {}) {
    this.#reference = reference;
    this.#thresholds = { vendi: 0.35, recall: 0.1, spread: 0.5, ...options.thresholds };
    this.#warmup = wholeNumber('collapse.warmup', options.warmup ?? 3, 0);
    this.#patience = wholeNumber('collapse.patience', options.patience ?? 2, 1);
    this.#recovery = options.recovery ?? 1.2;
    if (!(this.#recovery >= 1)) {
      throw new RangeError(`collapse.recovery is a factor of at least 1, got ${this.#recovery}`);
    }
  }

  /** Takes the signals of the next scored epoch. */
  observe(signals: DiversitySignals): CollapseState {
    const shares = this.#sharesOf(signals);
    for (const name of names) {
      const bar = this.#thresholds[name] * (this.#low.has(name) ? this.#recovery : 1);
      if (shares[name] < bar) this.#low.add(name);
      else this.#low.delete(name);
    }
    this.#seen += 1;
    const low = names.filter((name) => this.#low.has(name));
    const looksCollapsed = low.length >= 2 && this.#seen > this.#warmup;
    this.#streak = looksCollapsed ? this.#streak + 1 : 0;
    return {
      shares,
      low,
      streak: this.#streak,
      collapsed: this.#streak >= this.#patience,
      ...(looksCollapsed ? { evidence: this.#evidence(signals, low) } : {}),
    };
  }

  #sharesOf({ vendi, recall, spread }: DiversitySignals): DiversitySignals {
    const reference = this.#reference;
    return {
      vendi: share(vendi - 1, reference.vendi - 1),
      recall: share(recall, reference.recall),
      spread: share(spread, reference.spread),
    };
  }

  #evidence(signals: DiversitySignals, low: readonly (keyof DiversitySignals)[]): string {
    const parts = low.map(
      (name) =>
        `${name} ${signals[name].toPrecision(3)} where the reference has ${this.#reference[name].toPrecision(3)}`,
    );
    return `${parts.join(', ')} (${this.#streak} of ${this.#patience} scored epochs in a row)`;
  }
}

/** A reference without variety of its own can't show a collapse. */
function share(value: number, reference: number): number {
  return reference > 0 ? value / reference : 1;
}

function wholeNumber(name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} is a whole number of at least ${least}, got ${value}`);
  }
  return value;
}
