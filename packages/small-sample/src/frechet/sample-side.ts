/** How one set of samples stretches scales where the effective dimension is D. */
export interface Stretch {
  /** a: the population's scale is the sample's over a. */
  readonly share: number;
  /** First and second derivative of −log a by D. */
  readonly first: number;
  readonly second: number;
  /** Σu² of the samples’ shares u of the effective dimension: 1/(n − 1) where all are alike. */
  readonly concentration: number;
}

/**
 * How n samples stretch scales, by D: the root a of (1 − 1/n)·Σ w/((n − 1)·a + w·D) = 1 with the weights w of the samples, of
 * mean 1 (the separable covariance model; Paul & Silverstein 2009). Equal weights give a = 1 − D/(n − 1).
 * @param n samples of the set
 * @param weights default all alike
 */
export function sampleSide(n: number, weights?: Float64Array): (dimension: number) => Stretch {
  const freedom = n - 1;
  if (!weights || weights.every((weight) => weight === 1)) {
    return (dimension) => {
      const first = 1 / (freedom - dimension);
      return { share: 1 - dimension / freedom, first, second: first ** 2, concentration: 1 / freedom };
    };
  }
  return (dimension) => stretchOf(weights, freedom, Math.min(dimension, 0.9999 * freedom));
}

function stretchOf(weights: Float64Array, freedom: number, dimension: number): Stretch {
  const part = freedom / (freedom + 1);
  // Newton from below: the sum falls with a and is convex, so that every step stays below the root.
  let share = (1e-3 * (freedom - dimension)) / freedom;
  for (let step = 0; step < 60; step++) {
    let sum = 0;
    let slope = 0;
    for (const weight of weights) {
      const inverse = 1 / (freedom * share + weight * dimension);
      sum += weight * inverse;
      slope -= freedom * weight * inverse ** 2;
    }
    const change = (part * sum - 1) / (-part * slope);
    share += change;
    if (change < 1e-13 * share) break;
  }
  let along = 0;
  let across = 0;
  for (const weight of weights) {
    const inverse = 1 / (freedom * share + weight * dimension);
    along += weight * inverse ** 2;
    across += (weight * inverse) ** 2;
  }
  const slope = -across / (freedom * along);
  let alongChange = 0;
  let acrossChange = 0;
  for (const weight of weights) {
    const inverse = 1 / (freedom * share + weight * dimension);
    const change = -2 * inverse ** 3 * (freedom * slope + weight);
    alongChange += weight * change;
    acrossChange += weight ** 2 * change;
  }
  const bend = -(acrossChange * along - across * alongChange) / (freedom * along ** 2);
  const first = -slope / share;
  return { share, first, second: -bend / share + first ** 2, concentration: part * across };
}
