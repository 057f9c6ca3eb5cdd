/** Wasserstein-1 distance of two samples in their own unit: the area between their distribution functions. */
export function wasserstein1(x: readonly number[], y: readonly number[]): number {
  return sweep(x, y, (gap, width) => Math.abs(gap) * width).sum;
}

/**
 * Energy distance of two samples (Székely and Rizzo 2013), √(2·∫(F−G)²), as scipy's `energy_distance`.
 * @example energyDistance([0], [2]) // => 2
 */
export function energyDistance(x: readonly number[], y: readonly number[]): number {
  return Math.sqrt(2 * sweep(x, y, (gap, width) => gap * gap * width).sum);
}

/** Kolmogorov–Smirnov statistic of two samples: the greatest difference of their distribution functions. */
export function kolmogorovSmirnov(x: readonly number[], y: readonly number[]): number {
  return sweep(x, y, () => 0).greatest;
}

/** Cohen's d with the pooled standard deviation; above 0 when y is larger. */
export function cohensD(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const squares = x.reduce((s, v) => s + (v - mx) ** 2, 0) + y.reduce((s, v) => s + (v - my) ** 2, 0);
  const pooled = Math.sqrt(squares / (x.length + y.length - 2));
  return pooled > 0 ? (my - mx) / pooled : my === mx ? 0 : Math.sign(my - mx) * Infinity;
}

function sweep(
  x: readonly number[],
  y: readonly number[],
  term: (gap: number, width: number) => number,
): { sum: number; greatest: number } {
  if (x.length === 0 || y.length === 0) {
    throw new RangeError(`two samples were expected, got ${x.length} and ${y.length} values`);
  }
  const [a, b] = [Float64Array.from(x).sort(), Float64Array.from(y).sort()];
  let [i, j, sum, greatest] = [0, 0, 0, 0];
  let at = Math.min(a[0]!, b[0]!);
  while (i < a.length || j < b.length) {
    const next = Math.min(i < a.length ? a[i]! : Infinity, j < b.length ? b[j]! : Infinity);
    const gap = i / a.length - j / b.length;
    sum += term(gap, next - at);
    at = next;
    while (i < a.length && a[i] === at) i++;
    while (j < b.length && b[j] === at) j++;
    greatest = Math.max(greatest, Math.abs(i / a.length - j / b.length));
  }
  return { sum, greatest };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
