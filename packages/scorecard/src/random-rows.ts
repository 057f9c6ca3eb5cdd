import { RandomState, selectRows, type Matrix } from '@plateau/numerics';

/** `count` rows drawn at random without replacement. */
export function selectRandomRows(x: Matrix, count: number, seed: number): Matrix {
  return selectRows(x, new RandomState(seed).choice(x.rows, count));
}

/** Two disjoint random parts of at most `count` rows each: halves, when there are not enough rows for two whole parts. */
export function splitRows(x: Matrix, count: number, seed: number): [Matrix, Matrix] {
  const size = Math.min(count, Math.floor(x.rows / 2));
  const order = new RandomState(seed).permutation(x.rows);
  return [selectRows(x, order.subarray(0, size)), selectRows(x, order.subarray(size, 2 * size))];
}
