/** Mean with weights, over values that are numbers; NaN when their weights sum to 0. */
export function weightedMean(values: readonly number[], weights: readonly number[]): number {
  let [sum, total] = [0, 0];
  values.forEach((value, i) => {
    if (!(weights[i]! > 0) || Number.isNaN(value)) return;
    sum += weights[i]! * value;
    total += weights[i]!;
  });
  return total > 0 ? sum / total : NaN;
}

/** Standard deviation with weights, divided by their sum. */
export function weightedDeviation(values: readonly number[], weights: readonly number[]): number {
  const mean = weightedMean(values, weights);
  return Math.sqrt(
    weightedMean(
      values.map((value) => (value - mean) ** 2),
      weights,
    ),
  );
}

/** The least value below or at which at least the share p of all weight lies; NaN without weight. */
export function weightedQuantile(values: readonly number[], weights: readonly number[], p: number): number {
  const order = values
    .map((_, i) => i)
    .filter((i) => weights[i]! > 0)
    .sort((a, b) => values[a]! - values[b]!);
  const total = order.reduce((sum, i) => sum + weights[i]!, 0);
  let reached = 0;
  for (const i of order) {
    reached += weights[i]!;
    if (reached >= p * total * (1 - 1e-12)) return values[i]!;
  }
  return NaN;
}
