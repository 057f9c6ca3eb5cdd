import type { CrossMoments } from './cross-moments.js';
import { effectiveDimension } from './effective-dimension.js';
import { interpolate } from './interpolate.js';
import { fitSpectrum } from './fit-spectrum.js';

/** Scales at which the fitted spectrum's effective dimension is computed. */
const SCALES = 100;

/**
 * Estimates the singular values of Σx^½Σy^½ of the population, descending: the fitted spectrum, with the leading ones moved
 * so that the effective dimension is the one seen.
 */
export function crossSpectrum(moments: CrossMoments): Float64Array {
  const { dimension, crossValues } = moments;
  if (dimension === 0 || crossValues[0] === 0) return new Float64Array(dimension);
  const curve = effectiveDimension(moments);
  const eigenvalues = fitSpectrum(curve, dimension);
  const logScales = curve.scales.map(Math.log);
  const from = logScales[0];
  const step = (logScales.at(-1)! - from) / (SCALES - 1);
  const grid = Float64Array.from({ length: SCALES }, (_, s) => from + s * step);
  const fitted = grid.map((logScale) => dimensionAt(eigenvalues, Math.exp(logScale)));
  const spectrum = eigenvalues.map(Math.sqrt);
  const leading = Math.min(dimension, Math.floor(curve.dimensions.at(-1)! / 2));
  for (let i = 0; i < leading; i++) {
    const shift = interpolate(curve.dimensions, logScales, i + 0.5) - interpolate(fitted, grid, i + 0.5);
    spectrum[i] *= Math.exp(shift / 2);
  }
  return spectrum.sort().reverse();
}

function dimensionAt(eigenvalues: Float64Array, scale: number): number {
  let sum = 0;
  for (const value of eigenvalues) sum += value / (value + scale);
  return sum;
}
