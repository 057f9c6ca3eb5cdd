import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matrix, readNpz, writeNpz } from '../src/index.js';

// test-fixtures/numerics/README.md says what numpy wrote into each file.
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../../test-fixtures/numerics/${name}.npz`, import.meta.url)));

test.each(['statistics', 'statistics-compressed'])('reads %s', (name) => {
  const arrays = readNpz(fixture(name), ['mu', 'sigma', 'absent']);
  expect([...arrays.keys()]).toEqual(['mu', 'sigma']);
  expect(arrays.get('sigma')).toEqual({ data: new Float64Array([2, 0.5, 0.5, 1]), shape: [2, 2] });
});

test('reads what it writes', () => {
  const bytes = writeNpz({ a: matrix([[1, 2], [3, 4]]), b: { data: new Float32Array([5]), shape: [1] } }); // prettier-ignore
  const arrays = readNpz(bytes);
  expect(arrays.get('a')).toEqual({ data: new Float64Array([1, 2, 3, 4]), shape: [2, 2] });
  expect(arrays.get('b')).toEqual({ data: new Float32Array([5]), shape: [1] });
});

test('refuses what is no archive, is truncated or holds strings', () => {
  expect(() => readNpz(new Uint8Array(100))).toThrow('not an .npz file');
  expect(() => readNpz(fixture('statistics').subarray(0, 200))).toThrow('not an .npz file');
  expect(() => readNpz(fixture('statistics-compressed'))).toThrow("type '<U1'");
});
