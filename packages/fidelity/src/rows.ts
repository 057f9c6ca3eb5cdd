import { selectRows, type Matrix, type RandomState } from '@plateau/numerics';

/** `count` random rows without repetition; the matrix itself when it has no more. */
export function drawRows(matrix: Matrix, count: number, random: RandomState): Matrix {
  return count === matrix.rows ? matrix : selectRows(matrix, random.choice(matrix.rows, count));
}

/** The rows of both matrices, one below the other. */
export function stack(above: Matrix, below: Matrix): Matrix {
  const single = above.data instanceof Float32Array && below.data instanceof Float32Array;
  const length = above.data.length + below.data.length;
  const out = single ? new Float32Array(length) : new Float64Array(length);
  out.set(above.data);
  out.set(below.data, above.data.length);
  return { data: out, rows: above.rows + below.rows, cols: above.cols };
}

/** Two random halves of a matrix; the first has the odd row. */
export function splitInHalves(matrix: Matrix, random: RandomState): [Matrix, Matrix] {
  const order = random.permutation(matrix.rows);
  const half = Math.ceil(matrix.rows / 2);
  return [selectRows(matrix, order.subarray(0, half)), selectRows(matrix, order.subarray(half))];
}

/** What to say where `drawRows` made two sets one size. */
export function equalisedWarning(reference: Matrix, generated: Matrix): string[] {
  const [n, m] = [reference.rows, generated.rows];
  return n === m ? [] : [`sets of ${n} and ${m} samples were reduced to ${Math.min(n, m)} each`];
}
