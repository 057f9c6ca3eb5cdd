/**
 * The cheapest perfect matching of an n×n cost matrix: shortest augmenting paths with dual prices (Jonker & Volgenant
 * 1987), O(n³).
 * @param costs n×n, row-major, finite
 * @returns for each row, its column
 * @example solveAssignment(new Float64Array([4, 1, 2, 3]), 2) // => Int32Array [1, 0]
 */
export function solveAssignment(costs: Float64Array, n: number): Int32Array {
  const rowOf = new Int32Array(n).fill(-1);
  const columnOf = new Int32Array(n).fill(-1);
  const prices = new Float64Array(n);
  reduceColumns(costs, n, prices, rowOf, columnOf);
  const distances = new Float64Array(n);
  const previous = new Int32Array(n);
  const open = new Int32Array(n);
  for (let row = 0; row < n; row++) {
    if (columnOf[row] < 0) augment(row, costs, n, prices, rowOf, columnOf, distances, previous, open);
  }
  return columnOf;
}

/** Each column's price becomes its least cost, and its cheapest row takes it if still free. */
function reduceColumns(
  costs: Float64Array,
  n: number,
  prices: Float64Array,
  rowOf: Int32Array,
  columnOf: Int32Array,
): void {
  const cheapest = new Int32Array(n);
  prices.fill(Infinity);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (costs[i * n + j] < prices[j]) {
        prices[j] = costs[i * n + j];
        cheapest[j] = i;
      }
    }
  }
  for (let j = n - 1; j >= 0; j--) {
    if (columnOf[cheapest[j]] >= 0) continue;
    columnOf[cheapest[j]] = j;
    rowOf[j] = cheapest[j];
  }
}

/** Dijkstra from a free row to the nearest free column over reduced costs, then the swap along the path. */
function augment(
  start: number,
  costs: Float64Array,
  n: number,
  prices: Float64Array,
  rowOf: Int32Array,
  columnOf: Int32Array,
  distances: Float64Array,
  previous: Int32Array,
  open: Int32Array,
): void {
  for (let j = 0; j < n; j++) {
    distances[j] = costs[start * n + j] - prices[j];
    previous[j] = start;
    open[j] = j;
  }
  let settled = 0;
  let end = -1;
  let reached = 0;
  while (end < 0) {
    let nearest = settled;
    for (let at = settled + 1; at < n; at++) if (distances[open[at]] < distances[open[nearest]]) nearest = at;
    const column = open[nearest];
    open[nearest] = open[settled];
    open[settled++] = column;
    reached = distances[column];
    if (rowOf[column] < 0) {
      end = column;
      break;
    }
    const row = rowOf[column];
    const base = reached - (costs[row * n + column] - prices[column]);
    for (let at = settled; at < n; at++) {
      const j = open[at];
      const through = base + costs[row * n + j] - prices[j];
      if (through < distances[j]) {
        distances[j] = through;
        previous[j] = row;
      }
    }
  }
  for (let at = 0; at < settled; at++) prices[open[at]] += distances[open[at]] - reached;
  for (let column = end; ;) {
    const row = previous[column];
    rowOf[column] = row;
    const next = columnOf[row];
    columnOf[row] = column;
    if (row === start) return;
    column = next;
  }
}
