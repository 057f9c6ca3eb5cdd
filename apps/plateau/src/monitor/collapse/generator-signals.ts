/** What one scored epoch's samples show, each number in its own unit. */
export interface GeneratorSignals {
  /** Samples that were compared. */
  readonly n: number;
  /** False when a sample or a feature is NaN or infinite; nothing else is known then. */
  readonly finite: boolean;
  /** Vendi score of order 1, cosine kernel. */
  readonly vendi?: number;
  /** Vendi score of order ∞. */
  readonly vendiInfinity?: number;
  /** Root mean square distance between two samples. */
  readonly spread?: number;
  /** Share of samples whose nearest other sample lies far closer than among as many reference samples. */
  readonly duplicates?: number;
  /** Share of samples that lie on a reference sample. */
  readonly copies?: number;
  /** Distance of the samples' mean from the reference's. */
  readonly distance?: number;
  readonly recall?: number;
  readonly coverage?: number;
  /** Median over images of the standard deviation of their pixels, as a share of the range. */
  readonly contrast?: number;
  /** Median over images of the mean absolute Laplacian of their pixels, as a share of the range. */
  readonly sharpness?: number;
  readonly discriminatorLoss?: number;
}

/** A signal by name. */
export type SignalName = Exclude<keyof GeneratorSignals, 'n' | 'finite'>;

/** The reference's own signals at the same number of images. */
export interface Yardstick {
  readonly n: number;
  readonly values: Readonly<Partial<Record<SignalName, number>>>;
  /** Standard errors of the logarithms at this n. */
  readonly errors: Readonly<Partial<Record<SignalName, number>>>;
}
