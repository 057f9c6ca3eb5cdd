const MAX_ITERATIONS = 1000;
/** Largest relative error of a marginal at which the iteration stops. */
const TOLERANCE = 1e-6;

/**
 * The cost of the entropy-regularised optimal transport plan between uniform weights (Cuturi 2013), by Sinkhorn's
 * iteration on logarithms, which neither overflows nor vanishes at small regularisation.
 * @param costs n×m, row-major, finite, not negative
 * @param regularization as a share of the mean cost
 */
export function transportCost(costs: Float64Array, n: number, m: number, regularization: number): number {
  const mean = costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
  if (mean === 0) return 0;
  const scale = 1 / (regularization * mean);
  const f = new Float64Array(n);
  const g = new Float64Array(m);
  for (let iteration = 0; iteration < MAX_ITERATIONS; iteration++) {
    updateRows(costs, n, m, scale, f, g);
    if (updateColumns(costs, n, m, scale, f, g) < TOLERANCE) break;
  }
  let total = 0;
  let weight = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) {
      const share = Math.exp(f[i] + g[j] - scale * costs[i * m + j]);
      total += share * costs[i * m + j];
      weight += share;
    }
  }
  return total / weight;
}

/** Makes every row of exp(f + g − scale·cost) sum to 1/n. */
function updateRows(costs: Float64Array, n: number, m: number, scale: number, f: Float64Array, g: Float64Array): void {
  for (let i = 0; i < n; i++) {
    let largest = -Infinity;
    for (let j = 0; j < m; j++) largest = Math.max(largest, g[j] - scale * costs[i * m + j]);
    let sum = 0;
    for (let j = 0; j < m; j++) sum += Math.exp(g[j] - scale * costs[i * m + j] - largest);
    f[i] = -Math.log(n) - largest - Math.log(sum);
  }
}

/** The same for columns and 1/m; returns the largest relative change, which is the error the marginals had. */
function updateColumns(
  costs: Float64Array,
  n: number,
  m: number,
  scale: number,
  f: Float64Array,
  g: Float64Array,
): number {
  const largest = new Float64Array(m).fill(-Infinity);
  const sums = new Float64Array(m);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) largest[j] = Math.max(largest[j], f[i] - scale * costs[i * m + j]);
  }
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < m; j++) sums[j] += Math.exp(f[i] - scale * costs[i * m + j] - largest[j]);
  }
  let change = 0;
  for (let j = 0; j < m; j++) {
    const next = -Math.log(m) - largest[j] - Math.log(sums[j]);
    change = Math.max(change, Math.abs(Math.expm1(g[j] - next)));
    g[j] = next;
  }
  return change;
}
