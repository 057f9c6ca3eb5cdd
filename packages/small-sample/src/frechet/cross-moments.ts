/** What the Fréchet distance between two samples rests on. */
export interface CrossMoments {
  readonly n: { readonly reference: number; readonly generated: number };
  /** Features that vary in both sets: the largest rank that the product of the two covariances can have. */
  readonly dimension: number;
  /** ‖x̄ − ȳ‖². */
  readonly meanDistance: number;
  /** tr Sx and tr Sy, ddof 1. */
  readonly trace: { readonly reference: number; readonly generated: number };
  /** The singular values of Ax·Ayᵀ, A = centred/√(n − 1), descending: the roots of the eigenvalues of Sx·Sy. */
  readonly crossValues: Float64Array;
  /** How much wider each sample spreads than the others, mean 1; default all alike. */
  readonly weights?: SampleWeights;
}

/** Weights of the samples of either set. */
export interface SampleWeights {
  readonly reference: Float64Array;
  readonly generated: Float64Array;
}

/**
 * The Fréchet distance as the literature defines it, from moments: biased upwards at small n.
 * @example naiveDistance(crossMoments(x, x)) < 1e-9 // => true
 */
export function naiveDistance({ meanDistance, trace, crossValues }: CrossMoments): number {
  const cross = crossValues.reduceRight((sum, value) => sum + value, 0);
  return meanDistance + Math.max(0, trace.reference + trace.generated - 2 * cross);
}
