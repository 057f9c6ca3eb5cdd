import type { EffectiveDimension } from './effective-dimension.js';
import { interpolate } from './interpolate.js';

/** Where on the curve the model is fitted, as shares of its end. */
const PLACES = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9].map((share) => share / 0.9);
/** A weak pull of the cut-off to none, which decides only where the curve says nothing. */
const CUTOFF_SCALE = 10;
const LIMITS = [
  [-200, 200],
  [0.05, 15],
  [-15, 60],
] as const;

/**
 * Fits the eigenvalues h₁ ≥ … ≥ h_d of ΣxΣy to an effective dimension, as a power law with an exponential cut-off,
 * log h_i = level − exponent·log(i/rank) − cutoff·(i/rank − 1), by weighted least squares (Levenberg–Marquardt). A negative
 * cut-off is a spectrum that flattens. The eigenvalues never rise with i.
 * @returns h_i, descending, d of them
 */
export function fitSpectrum(curve: EffectiveDimension, dimension: number): Float64Array {
  const { scales, dimensions, rank } = curve;
  const end = dimensions.at(-1)!;
  const logScales = scales.map(Math.log);
  const targets = PLACES.map((share) => share * end);
  const at = targets.map((target) => Math.exp(interpolate(dimensions, logScales, target)));
  const weights = targets.map((target) => 1 / noise(target / rank));
  const nodes = spectrumNodes(dimension, rank);
  const flattest = rank / dimension;
  const residuals = (p: number[]): Residuals => {
    const [level, exponent, cutoff] = p;
    const bounded = Math.max(cutoff, -exponent * flattest);
    const eigenvalues = nodes.map(({ position, log }) => Math.exp(level - exponent * log - bounded * (position - 1)));
    const clamped = p[2] < -p[1] * flattest;
    const normal = new Float64Array(9);
    const gradient = new Float64Array(3);
    let cost = 0;
    const collect = (residual: number, j: readonly number[]) => {
      cost += residual ** 2;
      for (let a = 0; a < 3; a++) {
        gradient[a] += j[a] * residual;
        for (let b = 0; b < 3; b++) normal[a * 3 + b] += j[a] * j[b];
      }
    };
    at.forEach((scale, k) => {
      let size = 0;
      const slope = [0, 0, 0];
      nodes.forEach(({ position, log, count }, i) => {
        const weight = eigenvalues[i] / (eigenvalues[i] + scale);
        const change = count * weight * (1 - weight);
        const beyond = position - 1;
        size += count * weight;
        slope[0] += change;
        slope[1] -= change * (log - (clamped ? flattest * beyond : 0));
        slope[2] -= clamped ? 0 : change * beyond;
      });
      collect(
        (size - targets[k]) * weights[k],
        slope.map((value) => value * weights[k]),
      );
    });
    collect(p[2] / CUTOFF_SCALE, [0, 0, 1 / CUTOFF_SCALE]);
    return { cost, normal, gradient };
  };

  // A power law through the scale where half the dimensions seen are in: there the eigenvalue is about that scale.
  const half = end / 2;
  const start = interpolate(dimensions, logScales, half) + 2 * Math.log(half / rank);
  const [level, exponent, cutoff] = minimize([start, 2, 0], residuals);
  const bounded = Math.max(cutoff, -exponent * flattest);
  return Float64Array.from({ length: dimension }, (_, i) => {
    const position = (i + 1) / rank;
    return Math.exp(level - exponent * Math.log(position) - bounded * (position - 1));
  });
}

/** Neighbouring eigenvalues of a smooth spectrum, taken together. */
interface SpectrumNode {
  readonly position: number;
  readonly log: number;
  readonly count: number;
}

/** The first 32 eigenvalues one by one, then in bundles 4 % wide. */
function spectrumNodes(dimension: number, rank: number): SpectrumNode[] {
  const nodes: SpectrumNode[] = [];
  for (let i = 1; i <= dimension;) {
    const count = Math.min(i <= 32 ? 1 : Math.ceil(i * 0.04), dimension - i + 1);
    const position = (i + (count - 1) / 2) / rank;
    nodes.push({ position, log: Math.log(position), count });
    i += count;
  }
  return nodes;
}

/** Standard deviation of D̂ at a share q of the rank: that of simulated products of Wishart matrices, the same for all n. */
function noise(share: number): number {
  return (0.55 * share ** 0.6) / Math.max(1 - share, 0.05) ** 0.75;
}

interface Residuals {
  readonly cost: number;
  readonly normal: Float64Array;
  readonly gradient: Float64Array;
}

function minimize(start: number[], residuals: (p: number[]) => Residuals): number[] {
  let point = start;
  let state = residuals(point);
  let damping = 1e-3;
  for (let iteration = 0; iteration < 100; iteration++) {
    const step = solve(state.normal, state.gradient, damping);
    const next = point.map((value, a) => Math.min(LIMITS[a][1], Math.max(LIMITS[a][0], value - step[a])));
    const trial = residuals(next);
    if (trial.cost <= state.cost) {
      const gain = state.cost - trial.cost;
      point = next;
      state = trial;
      damping = Math.max(1e-9, damping / 5);
      if (gain <= 1e-9 * (1 + state.cost)) break;
    } else {
      damping *= 4;
      if (damping > 1e9) break;
    }
  }
  return point;
}

/** Solves (N + damping·diag N)·x = g by Cramer's rule. */
function solve(normal: Float64Array, g: Float64Array, damping: number): number[] {
  const m = normal.slice();
  for (let a = 0; a < 3; a++) m[a * 4] = m[a * 4] * (1 + damping) + 1e-12;
  const determinant = (c: ArrayLike<number>) =>
    c[0] * (c[4] * c[8] - c[5] * c[7]) - c[1] * (c[3] * c[8] - c[5] * c[6]) + c[2] * (c[3] * c[7] - c[4] * c[6]);
  const whole = determinant(m);
  return [0, 1, 2].map((column) => {
    const replaced = m.slice();
    for (let a = 0; a < 3; a++) replaced[a * 3 + column] = g[a];
    return determinant(replaced) / whole;
  });
}
