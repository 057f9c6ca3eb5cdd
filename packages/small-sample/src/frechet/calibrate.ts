import type { CrossMoments } from './cross-moments.js';
import { crossTerm } from './cross-term.js';

/** A calibrated Fréchet distance and its parts. */
export interface CalibratedParts {
  readonly value: number;
  /** ‖μx − μy‖², unbiased. */
  readonly meanTerm: number;
  /** tr Σx + tr Σy − 2 tr (ΣxΣy)^½. */
  readonly covarianceTerm: number;
  /** Share of tr (ΣxΣy)^½ that was extrapolated beyond what the samples show. */
  readonly extrapolated: number;
}

/** The calibrated distance of moments: mean term and traces are unbiased as they are, the cross term by random matrices. */
export function calibrate(moments: CrossMoments): CalibratedParts {
  const { n, meanDistance, trace } = moments;
  const meanTerm = meanDistance - trace.reference / n.reference - trace.generated / n.generated;
  const cross = crossTerm(moments);
  const covarianceTerm = trace.reference + trace.generated - 2 * cross.value;
  return { value: meanTerm + covarianceTerm, meanTerm, covarianceTerm, extrapolated: cross.extrapolated };
}
