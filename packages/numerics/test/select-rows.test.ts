import { expect, it } from 'vitest';
import { matrix, selectRows } from '../src/index.js';

it('takes rows in the order named, more than once if named so, in the precision of the matrix', () => {
  const x = matrix(Float32Array.of(1, 2, 3, 4, 5, 6), 3, 2);
  expect(selectRows(x, [2, 0, 2])).toEqual({ data: Float32Array.of(5, 6, 1, 2, 5, 6), rows: 3, cols: 2 });
  expect(
    selectRows(
      matrix([
        [1, 2],
        [3, 4],
      ]),
      [1],
    ).data,
  ).toEqual(Float64Array.of(3, 4));
});
