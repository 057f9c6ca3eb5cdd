import type { CrossMoments } from './cross-moments.js';
import { effectiveDimension, WHOLE_SHARE } from './effective-dimension.js';
import { fitSpectrum } from './fit-spectrum.js';

/** tr (ΣxΣy)^½ of the population, estimated. */
export interface CrossTerm {
  readonly value: number;
  /** The share of it that lies beyond what the samples show and comes from the fitted spectrum. */
  readonly extrapolated: number;
}

/**
 * Estimates tr (ΣxΣy)^½ = (1/π) ∫ D(κ) κ^−½ dκ: over the scales where the samples show the effective dimension D, from it;
 * below them, from the fitted spectrum, unless all dimensions are seen.
 */
export function crossTerm(moments: CrossMoments): CrossTerm {
  const { dimension, crossValues } = moments;
  if (dimension === 0 || crossValues[0] === 0) return { value: 0, extrapolated: 0 };
  const curve = effectiveDimension(moments);
  const { scales, dimensions } = curve;
  const last = scales.length - 1;

  let shown = (2 * dimensions[0] * Math.sqrt(scales[0])) / Math.PI;
  for (let s = 1; s <= last; s++) {
    const height = dimensions[s - 1] * Math.sqrt(scales[s - 1]) + dimensions[s] * Math.sqrt(scales[s]);
    shown += (height * Math.log(scales[s - 1] / scales[s])) / (2 * Math.PI);
  }
  const edge = Math.sqrt(scales[last]);
  if (dimensions[last] >= WHOLE_SHARE * dimension) {
    // All dimensions are seen: what is left of D to find grows linearly from the scale 0 on.
    const left = dimension - Math.min(dimension, dimensions[last]);
    return { value: shown + (2 * edge * (dimension - left / 3)) / Math.PI, extrapolated: 0 };
  }
  const beyond = fitSpectrum(curve, dimension).reduceRight((sum, eigenvalue) => {
    const value = Math.sqrt(eigenvalue);
    return sum + (value * 2 * Math.atan2(edge, value)) / Math.PI;
  }, 0);
  return { value: shown + beyond, extrapolated: beyond / (shown + beyond) };
}
