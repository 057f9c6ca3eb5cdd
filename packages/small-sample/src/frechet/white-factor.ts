import { scatter, semidefiniteFactor, type RandomState } from '@plateau/numerics';

/** A white matrix, row-major, and its height. */
export interface WhiteFactor {
  readonly data: Float64Array;
  readonly rows: number;
}

/**
 * A matrix W with at most d rows whose WᵀW behaves as ZᵀZ of an n×d standard normal Z.
 *
 * Where n ≤ d the elements are −√3, 0 and √3 with probabilities ⅙, ⅔ and ⅙, which has the first five moments of the normal
 * distribution, all that the fluctuations of the singular values depend on (Bai & Silverstein 2004), at a tenth of the
 * cost. Where n > d it is the triangular factor of Bartlett (1933).
 */
export function whiteFactor(n: number, d: number, random: RandomState): WhiteFactor {
  if (n <= d) return { data: threePoints(n * d, random), rows: n };
  const data = new Float64Array(d * d);
  for (let i = 0; i < d; i++) {
    data[i * d + i] = Math.sqrt(chiSquare(n - i, random));
    for (let j = i + 1; j < d; j++) data[i * d + j] = random.randn();
  }
  return { data, rows: d };
}

/**
 * Rows of such elements, each as wide as the root of its sample's weight; one row fewer than samples, for the mean that is
 * taken off them. Where that is more than d rows, a factor of their scatter.
 */
export function weightedFactor(weights: Float64Array, d: number, random: RandomState): WhiteFactor {
  const rows = weights.length - 1;
  const data = threePoints(rows * d, random);
  for (let i = 0; i < rows; i++) {
    const width = Math.sqrt(weights[i]);
    for (let k = 0; k < d; k++) data[i * d + k] *= width;
  }
  return rows <= d ? { data, rows } : semidefiniteFactor(scatter({ data, rows, cols: d }, new Float64Array(d)));
}

/** A throw of a die per element, twelve from each random integer. */
function threePoints(count: number, random: RandomState): Float64Array {
  const faces = [-Math.sqrt(3), Math.sqrt(3), 0, 0, 0, 0];
  const points = new Float64Array(count);
  for (let i = 0; i < count;) {
    let throws = random.randint(6 ** 12);
    for (let k = 0; k < 12 && i < count; k++, i++) {
      const rest = Math.floor(throws / 6);
      points[i] = faces[throws - rest * 6];
      throws = rest;
    }
  }
  return points;
}

/** Exact for few degrees of freedom, by Wilson & Hilferty (1931) for many. */
function chiSquare(freedom: number, random: RandomState): number {
  if (freedom > 40) {
    const width = 2 / (9 * freedom);
    return freedom * (1 - width + random.randn() * Math.sqrt(width)) ** 3;
  }
  let sum = 0;
  for (let k = 0; k < freedom; k++) sum += random.randn() ** 2;
  return sum;
}
