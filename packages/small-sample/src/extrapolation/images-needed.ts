import { probit } from 'simple-statistics';

/** What is known of a metric that is unbiased and 0 for equal distributions, such as the full-sample KID. */
export interface Separation {
  /** The observed value. */
  readonly value: number;
  /** Its standard deviation between two sets of one distribution of `n` images each. */
  readonly nullDeviation: number;
  /** Its standard error at `n` images each. */
  readonly standardError: number;
  /** Images of either set behind these numbers. */
  readonly n: number;
}

/**
 * How many images of either set until a test at that level tells the sets apart with that power, if the observed distance
 * is the true one: under equality the deviation of a degenerate U-statistic falls as 1/N, otherwise as 1/√N.
 * @param options.level chance of a false alarm; default 0.05
 * @param options.power chance of telling different sets apart; default 0.8
 * @returns images of either set, or Infinity where the observed value is 0 or less
 * @throws RangeError when level or power lie outside (0, 1)
 * @example imagesNeeded({ value: 0.02, nullDeviation: 0.01, standardError: 0.015, n: 100 }) // => 163
 */
export function imagesNeeded(
  { value, nullDeviation, standardError, n }: Separation,
  options: { readonly level?: number; readonly power?: number } = {},
): number {
  const { level = 0.05, power = 0.8 } = options;
  for (const [name, share] of Object.entries({ level, power })) {
    if (!(share > 0 && share < 1)) throw new RangeError(`${name} must lie between 0 and 1, got ${share}`);
  }
  if (!(value > 0)) return Infinity;
  const noise = probit(1 - level) * nullDeviation * n;
  const spread = probit(power) * standardError * Math.sqrt(n);
  const root = (spread + Math.sqrt(Math.max(0, spread ** 2 + 4 * value * noise))) / (2 * value);
  return Math.max(2, Math.ceil(root ** 2));
}
