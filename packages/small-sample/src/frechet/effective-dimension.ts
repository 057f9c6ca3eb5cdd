import type { CrossMoments } from './cross-moments.js';

/** Share of the samples' degrees of freedom up to which the curve is used: beyond it, noise is amplified tenfold. */
const USED_SHARE = 0.9;
/** Share of the dimension at which nothing is left to find. */
const WHOLE_SHARE = 0.995;
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
 * in Silverstein (1995). The remaining bias of D̂, of order 1, is that of real Wishart matrices (Bai & Silverstein 2004,
 * theorem 1.1), taken off for both factors.
 */
export function effectiveDimension({ n, dimension, crossValues }: CrossMoments): EffectiveDimension {
  const reference = n.reference - 1;
  const generated = n.generated - 1;
  const rank = Math.min(reference, generated);
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
    scales.push(tau / ((1 - found / reference) * (1 - found / generated)));
    dimensions.push(found);
    if (found > most) break;
  }
  return { scales: Float64Array.from(scales), dimensions: Float64Array.from(dimensions), rank };
}

/** D̂(τ) less its bias. Derivatives are by log τ, then by the logarithm of the scale behind one white factor, and both. */
function unbiasedDimension(t: Float64Array, tau: number, reference: number, generated: number): number {
  let size = 0;
  let slope = 0;
  let bend = 0;
  for (const value of t) {
    const weight = value / (value + tau);
    size += weight;
    slope -= weight * (1 - weight);
    bend += weight * (1 - weight) * (1 - 2 * weight);
  }
  const [x1, x2] = stretch(size, slope, bend, reference);
  const [y1, y2] = stretch(size, slope, bend, generated);
  const oneSided = factorBias(size, rescale(slope, bend, 1 + x1, x2), reference);
  const twoSided = factorBias(size, rescale(slope, bend, 1 + x1 + y1, x2 + y2), generated);
  return size - oneSided.bias - (twoSided.bias * (reference - size)) / (reference - oneSided.second);
}

/** First and second derivative of −log(1 − D/n) by log τ. */
function stretch(size: number, slope: number, bend: number, n: number): [number, number] {
  const first = slope / (n - size);
  return [first, bend / (n - size) + first ** 2];
}

/** Derivatives of D by u, given those of u by log τ. */
function rescale(slope: number, bend: number, first: number, second: number): [number, number] {
  const rescaled = slope / first;
  return [rescaled, (bend - rescaled * second) / first ** 2];
}

/** The mean that a real Wishart factor adds to D, and Σ (h/(h + κ))². */
function factorBias(size: number, [slope, bend]: [number, number], n: number) {
  const second = size + slope;
  const third = -(slope + bend) / 2;
  return { bias: (-(1 - size / n) * third) / n / (1 - second / n) ** 2, second };
}
