import type { CrossMoments } from './cross-moments.js';
import { sampleSide, type Stretch } from './sample-side.js';

/** Share of the samples' degrees of freedom up to which the curve is used: beyond it, noise is amplified tenfold. */
const USED_SHARE = 0.9;
/** Share of the dimension at which nothing is left to find. */
export const WHOLE_SHARE = 0.99;
const STEPS = 400;

/**
 * The effective dimension D(κ) = Σ h/(h + κ) of the population's ΣxΣy with eigenvalues h, known where D is smaller than
 * the samples.
 */
export interface EffectiveDimension {
  /** κ, descending. */
  readonly scales: Float64Array;
  /** D(κ), ascending. */
  readonly dimensions: Float64Array;
  /** Degrees of freedom of the smaller sample. */
  readonly rank: number;
}

/**
 * Estimates the effective dimension of the population from the eigenvalues t of the sample's Sx·Sy.
 *
 * The sample's D̂(τ) = Σ t/(t + τ) is the population's D at κ = τ / ((1 − D/(n − 1))·(1 − D/(m − 1))): the cross product of
 * two samples is a product of two white matrices around the singular values of Σx^½Σy^½, and each white factor rescales as
 * in Silverstein (1995), or, where samples weigh differently, as in `sampleSide`. The remaining bias of D̂, of order 1, is that of real Wishart matrices (Bai & Silverstein 2004,
 * theorem 1.1), taken off for both factors.
 */
export function effectiveDimension({ n, dimension, crossValues, weights }: CrossMoments): EffectiveDimension {
  const rank = Math.min(n.reference, n.generated) - 1;
  const reference = sampleSide(n.reference, weights?.reference);
  const generated = sampleSide(n.generated, weights?.generated);
  const t = crossValues.subarray(0, Math.min(rank, dimension)).map((value) => value ** 2);
  const most = Math.min(USED_SHARE * rank, WHOLE_SHARE * dimension);
  const smallest = t.findLast((value) => value > t[0] * 1e-20)!;
  const from = Math.log(t[0] * 1e4);
  const step = (Math.log(smallest / 1e3) - from) / (STEPS - 1);
  const scales: number[] = [];
  const dimensions: number[] = [];
  for (let s = 0; s < STEPS; s++) {
    const tau = Math.exp(from + s * step);
    const found = unbiasedDimension(t, tau, reference, generated);
    if (dimensions.length > 0 && !(found > dimensions.at(-1)!)) break;
    if (!(found < rank)) break;
    scales.push(tau / (reference(found).share * generated(found).share));
    dimensions.push(found);
    if (found > most) break;
  }
  return { scales: Float64Array.from(scales), dimensions: Float64Array.from(dimensions), rank };
}

/** D̂(τ) less its bias. Derivatives are by log τ, then by the logarithm of the scale behind one white factor, and both. */
function unbiasedDimension(t: Float64Array, tau: number, reference: Side, generated: Side): number {
  let size = 0;
  let slope = 0;
  let bend = 0;
  for (const value of t) {
    const weight = value / (value + tau);
    size += weight;
    slope -= weight * (1 - weight);
    bend += weight * (1 - weight) * (1 - 2 * weight);
  }
  const x = reference(size);
  const y = generated(size);
  const [x1, x2] = byScale(x, slope, bend);
  const [y1, y2] = byScale(y, slope, bend);
  const oneSided = factorBias(size, rescale(slope, bend, 1 + x1, x2), x);
  const twoSided = factorBias(size, rescale(slope, bend, 1 + x1 + y1, x2 + y2), y);
  const carried = (1 - size * x.concentration) / (1 - oneSided.second * x.concentration);
  return size - oneSided.bias - twoSided.bias * carried;
}

type Side = ReturnType<typeof sampleSide>;

/** First and second derivative of −log a by log τ. */
function byScale({ first, second }: Stretch, slope: number, bend: number): [number, number] {
  return [first * slope, first * bend + second * slope ** 2];
}

/** Derivatives of D by u, given those of u by log τ. */
function rescale(slope: number, bend: number, first: number, second: number): [number, number] {
  const rescaled = slope / first;
  return [rescaled, (bend - rescaled * second) / first ** 2];
}

/** The mean that a real Wishart factor adds to D, and Σ (h/(h + κ))². */
function factorBias(size: number, [slope, bend]: [number, number], { share, concentration }: Stretch) {
  const second = size + slope;
  const third = -(slope + bend) / 2;
  return { bias: (-share * third * concentration) / (1 - second * concentration) ** 2, second };
}
