import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { matrix, readNpy, readNpyMatrix, writeNpy } from '../src/index.js';

// test-fixtures/numerics/README.md says what numpy wrote into each file.
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test-fixtures/numerics/${name}.npy`, import.meta.url)));
const halves = [0.5, 1.5, 2.5, 3.5, 4.5, 5.5];

describe('readNpyMatrix', () => {
  test.each(['float32', 'big-endian', 'fortran', 'version-2'])('reads %s', (name) => {
    const read = readNpyMatrix(fixture(name));
    expect([read.rows, read.cols]).toEqual([2, 3]);
    expect(read.data).toEqual(new Float32Array(halves));
  });

  test('reads other element types', () => {
    expect(readNpyMatrix(fixture('float64')).data).toEqual(new Float64Array([0.1, 1.1, 2.1, 3.1, 4.1, 5.1]));
    expect(readNpyMatrix(fixture('float16')).data).toEqual(new Float32Array([1.5, -2.25, 1023 / 2 ** 24, 2 ** -24]));
    expect(readNpyMatrix(fixture('int64')).data).toEqual(new Float64Array([-3, -2, -1, 0, 1, 2]));
    expect(readNpyMatrix(fixture('uint8')).data).toEqual(new Float32Array([0, 1, 2, 3, 4, 5]));
    expect(readNpyMatrix(fixture('bool')).data).toEqual(new Float32Array([1, 0, 1, 0, 1, 0]));
  });

  test('reads bytes that do not start their buffer, at an odd offset', () => {
    const bytes = fixture('float64');
    const shifted = new Uint8Array(bytes.length + 3);
    shifted.set(bytes, 3);
    expect(readNpyMatrix(shifted.subarray(3))).toEqual(readNpyMatrix(bytes));
  });

  test.each([
    ['vector', 'shape (6)'],
    ['cube', 'shape (4, 3, 2)'],
    ['complex', "type '<c8'"],
  ])('refuses %s in one line', (name, message) => {
    expect(() => readNpyMatrix(fixture(name))).toThrow(message);
    expect(() => readNpyMatrix(fixture(name))).toThrow(RangeError);
  });

  test('refuses what is truncated, in the header and in the data, and what is not .npy', () => {
    const bytes = fixture('float32');
    expect(() => readNpyMatrix(bytes.subarray(0, 60))).toThrow('end within the header');
    expect(() => readNpyMatrix(bytes.subarray(0, bytes.length - 1))).toThrow('needs 24 bytes of data, got 23');
    expect(() => readNpyMatrix(new Uint8Array())).toThrow('not an .npy file: 0 bytes');
    expect(() => readNpyMatrix(new TextEncoder().encode('0.5,1.5,2.5\n'))).toThrow('not an .npy file');
  });
});

test('readNpy reads three dimensions in Fortran order', () => {
  const { data, shape } = readNpy(fixture('cube'));
  expect(shape).toEqual([4, 3, 2]);
  // Element (i, j, k) is element (k, j, i) of arange(24).reshape(2, 3, 4).
  const expected: number[] = [];
  for (let i = 0; i < 4; i++) for (let j = 0; j < 3; j++) for (let k = 0; k < 2; k++) expected.push(k * 12 + j * 4 + i);
  expect([...data]).toEqual(expected);
});

describe('writeNpy', () => {
  test('writes the bytes that numpy.save writes', () => {
    expect(writeNpy(matrix(new Float32Array(halves), 2, 3))).toEqual(fixture('float32'));
    expect(writeNpy({ data: new Float32Array([0, 1, 2, 3, 4, 5]), shape: [6] })).toEqual(fixture('vector'));
    const doubles = readNpyMatrix(fixture('float64'));
    expect(writeNpy(doubles)).toEqual(fixture('float64'));
  });

  test('refuses data that does not fill the shape', () => {
    expect(() => writeNpy({ data: new Float32Array(5), shape: [2, 3] })).toThrow('shape (2, 3) holds 6 elements');
  });
});
