import { multiplyTransposed, RandomState, singularValues } from '@plateau/numerics';
import type { CrossMoments, SampleWeights } from './cross-moments.js';
import { crossTerm } from './cross-term.js';
import { weightedFactor, whiteFactor } from './white-factor.js';

/** What one draw of the parametric bootstrap needs: plain data, so that it can travel to a worker. */
export interface CorrectionDraw {
  readonly n: CrossMoments['n'];
  /** The singular values of Σx^½Σy^½ that are taken for the truth. */
  readonly spectrum: Float64Array;
  /** How much wider each sample spreads than the others; default all alike. */
  readonly weights?: SampleWeights;
  readonly seed: number;
}

/**
 * Draws two samples with that cross spectrum and returns what the correction (calibrated − naive) makes of them. For
 * Gaussian features the cross product Ax·Ayᵀ is Zx·diag(spectrum)·Zyᵀ in distribution with white Zx and Zy, whatever the
 * two covariances are.
 */
export function drawCorrection({ n, spectrum, weights, seed }: CorrectionDraw): number {
  const dimension = spectrum.length;
  const random = new RandomState(seed);
  const factor = (count: number, role: keyof SampleWeights) =>
    weights ? weightedFactor(weights[role], dimension, random) : whiteFactor(count - 1, dimension, random);
  const x = factor(n.reference, 'reference');
  for (let i = 0; i < x.data.length; i++) x.data[i] *= spectrum[i % dimension];
  const y = factor(n.generated, 'generated');
  const product = multiplyTransposed({ ...x, cols: dimension }, { ...y, cols: dimension });
  const scale = Math.sqrt((n.reference - 1) * (n.generated - 1));
  const crossValues = singularValues(product).map((value) => value / scale);
  const naive = crossValues.reduceRight((sum, value) => sum + value, 0);
  const drawn = { n, dimension, meanDistance: 0, trace: { reference: 0, generated: 0 }, crossValues, weights };
  return 2 * (naive - crossTerm(drawn).value);
}
