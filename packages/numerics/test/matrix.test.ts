import { expect, test } from 'vitest';
import { matrix } from '../src/index.js';

test('copies rows and views typed arrays', () => {
  expect(matrix([[1, 2], [3, 4], [5, 6]])).toEqual({ data: new Float64Array([1, 2, 3, 4, 5, 6]), rows: 3, cols: 2 }); // prettier-ignore
  const data = new Float32Array(6);
  expect(matrix(data, 2, 3).data).toBe(data);
});

test('refuses ragged rows and data that does not fill the shape', () => {
  expect(() => matrix([[1, 2], [3]])).toThrow('row 1 has 1 columns where row 0 has 2');
  expect(() => matrix(new Float32Array(5), 2, 3)).toThrow(RangeError);
});
