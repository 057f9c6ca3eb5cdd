import { RandomState, type Matrix } from '@plateau/numerics';

/** The named rows of a matrix, in that order, as a new matrix. */
export function selectRows({ data, cols }: Matrix, rows: ArrayLike<number>): Matrix {
  const selected = new Float64Array(rows.length * cols);
  for (let row = 0; row < rows.length; row += 1) {
    selected.set(data.subarray(rows[row] * cols, (rows[row] + 1) * cols), row * cols);
  }
  return { data: selected, rows: rows.length, cols };
}

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
