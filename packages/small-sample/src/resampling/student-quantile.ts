import { probit } from 'simple-statistics';

/**
 * Quantile of Student's t by its expansion around the normal one (Fisher & Cornish 1960), to 1 % from 4 degrees of freedom.
 * @param freedom degrees of freedom; Infinity for the normal distribution
 * @example studentQuantile(0.95, 19) // => 1.727…
 */
export function studentQuantile(probability: number, freedom: number): number {
  const z = probit(probability);
  if (freedom === Infinity) return z;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}
