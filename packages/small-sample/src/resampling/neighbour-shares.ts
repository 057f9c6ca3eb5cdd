import { columnMeans, squaredDistances, type Matrix } from '@plateau/numerics';
import type { Draw } from './draw.js';

/** Neighbours of the metrics that use them, as in `fidelity`. */
const PRECISION_NEIGHBOURS = 3;
/** Likewise, the larger of the two. */
export const DENSITY_NEIGHBOURS = 5;

/** Shares of samples that lie in each other's nearest-neighbour balls, of rows of two sets whose distances are known. */
export type Shares = Readonly<Record<'precision' | 'recall' | 'density' | 'coverage', number>>;

/** How often each row was drawn, which rows were drawn at all, and how many draws there were. */
export interface Counts {
  readonly weights: Float64Array;
  readonly rows: Int32Array;
  readonly total: number;
}

/** Counts the rows of one set in a draw. */
export function countsOf(drawn: Draw['reference'], rows: number): Counts {
  const weights = new Float64Array(rows);
  for (const row of drawn) weights[row]++;
  const present = Int32Array.from(weights.keys()).filter((row) => weights[row] > 0);
  return { weights, rows: present, total: drawn.length };
}

/**
 * Precision, recall, density and coverage of draws. Where no row is drawn twice, the balls are those of the rows drawn, and
 * every number equals that of `fidelity` on them. Where rows repeat, their balls keep the radius of the whole set: a copy
 * beside each row would shrink them.
 */
export function neighbourShares(reference: Matrix, generated: Matrix): (x: Counts, y: Counts) => Shares {
  const center = columnMeans(reference);
  const across = squaredDistances(reference, generated, { center });
  const withinX = reference === generated ? across : squaredDistances(reference, reference, { center });
  const withinY = reference === generated ? across : squaredDistances(generated, generated, { center });
  const whole = { x: radiiOf(withinX, allRows(reference.rows)), y: radiiOf(withinY, allRows(generated.rows)) };
  return (x, y) => {
    const repeats = x.total > x.rows.length || y.total > y.rows.length;
    if (!repeats) {
      const radii = {
        x: x.rows.length === reference.rows ? whole.x : radiiOf(withinX, x.rows),
        y: y.rows.length === generated.rows ? whole.y : radiiOf(withinY, y.rows),
      };
      return sharesOf(across, radii, x, y);
    }
    const shares = sharesOf(across, whole, x, y);
    return { ...shares, density: (shares.density * reference.rows) / x.total };
  };
}

/** Squared distances of rows to their third and fifth nearest others, by row; rows that were not asked for have 0. */
interface Radii {
  readonly third: Float64Array;
  readonly fifth: Float64Array;
}

function radiiOf({ data, cols }: Matrix, rows: Int32Array): Radii {
  const third = new Float64Array(cols);
  const fifth = new Float64Array(cols);
  const nearest = new Float64Array(DENSITY_NEIGHBOURS);
  for (const i of rows) {
    nearest.fill(Infinity);
    for (const j of rows) {
      const distance = data[i * cols + j];
      if (i === j || distance >= nearest[DENSITY_NEIGHBOURS - 1]) continue;
      let place = DENSITY_NEIGHBOURS - 1;
      for (; place > 0 && nearest[place - 1] > distance; place--) nearest[place] = nearest[place - 1];
      nearest[place] = distance;
    }
    third[i] = nearest[PRECISION_NEIGHBOURS - 1];
    fifth[i] = nearest[DENSITY_NEIGHBOURS - 1];
  }
  return { third, fifth };
}

function sharesOf(
  { data, cols }: Matrix,
  radii: { readonly x: Radii; readonly y: Radii },
  x: Counts,
  y: Counts,
): Shares {
  const precise = new Uint8Array(y.weights.length);
  let recalled = 0;
  let covered = 0;
  let inside = 0;
  for (const i of x.rows) {
    const narrow = radii.x.third[i];
    const wide = radii.x.fifth[i];
    let weight = 0;
    let isRecalled = false;
    for (const j of y.rows) {
      const distance = data[i * cols + j];
      if (distance <= narrow) precise[j] = 1;
      if (distance < wide) weight += y.weights[j];
      if (distance <= radii.y.third[j]) isRecalled = true;
    }
    inside += x.weights[i] * weight;
    if (weight > 0) covered += x.weights[i];
    if (isRecalled) recalled += x.weights[i];
  }
  let found = 0;
  for (const j of y.rows) if (precise[j]) found += y.weights[j];
  return {
    precision: found / y.total,
    recall: recalled / x.total,
    density: inside / (DENSITY_NEIGHBOURS * y.total),
    coverage: covered / x.total,
  };
}

function allRows(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}
