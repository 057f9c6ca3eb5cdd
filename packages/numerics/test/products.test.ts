import { describe, expect, test } from 'vitest';
import { gram, matrix, multiplyTransposed, productBlocks, type Matrix } from '../src/index.js';
import { runTile, tileCount, type TileJob } from '../src/kernels/tile.js';
import { largestDifference, normal, plainProduct, single } from './helpers.js';

// Sizes around the kernels' panels (4 rows), pairs (2 columns), tiles (256×256) and chunks (2048 columns).
const shapes = [
  [1, 1, 1],
  [3, 5, 7],
  [4, 4, 256],
  [9, 2, 257],
  [65, 130, 33],
  [257, 515, 3],
  [5, 6, 2049],
] as const;

describe('multiplyTransposed', () => {
  test.each(shapes)('%i×%i inner products of %i columns equal three loops', (n, m, d) => {
    const a = normal(n, d, 1);
    const b = normal(m, d, 2);
    expect(largestDifference(multiplyTransposed(a, b).data, plainProduct(a, b))).toBeLessThan(1e-14 * d + 1e-14);
    const [a32, b32] = [single(a), single(b)];
    expect(largestDifference(multiplyTransposed(a32, b32).data, plainProduct(a32, b32))).toBeLessThan(
      1e-14 * d + 1e-14,
    );
    expect(largestDifference(multiplyTransposed(a, b32).data, plainProduct(a, b32))).toBeLessThan(1e-14 * d + 1e-14);
  });

  test('subtracts the centres', () => {
    const product = multiplyTransposed(matrix([[1, 2, 3]]), matrix([[4, 5, 7]]), {
      centerA: new Float64Array([1, 1, 1]),
      centerB: new Float64Array([4, 4, 4]),
    });
    expect([...product.data]).toEqual([0 * 0 + 1 * 1 + 2 * 3]);
  });

  test('gives an element the same bits wherever it lies', () => {
    const a = normal(300, 300, 3);
    const b = normal(600, 300, 4);
    const whole = multiplyTransposed(a, b).data;
    const rows = (source: Matrix, from: number): Matrix =>
      matrix(source.data.subarray(from * source.cols), source.rows - from, source.cols);
    const part = multiplyTransposed(rows(a, 7), rows(b, 13)).data;
    expect(part[0]).toBe(whole[7 * 600 + 13]);
    expect(part[292 * 587 + 586]).toBe(whole[299 * 600 + 599]);
  });

  test('works without WebAssembly', () => {
    const a = normal(270, 31, 5);
    const b = normal(520, 31, 6);
    const center = normal(1, 31, 7).data;
    const job: TileJob = {
      a: { data: a.data, start: 0, count: a.rows, center },
      b: { data: b.data, start: 0, count: b.rows, center },
      depth: 31,
      out: new Float64Array(270 * 520),
    };
    for (let index = 0; index < tileCount(job); index++) runTile(undefined, job, index);
    const expected = multiplyTransposed(a, b, { centerA: center, centerB: center }).data;
    expect(largestDifference(job.out, expected)).toBeLessThan(1e-12);
  });

  test('refuses rows of different width', () => {
    expect(() => multiplyTransposed(normal(2, 3), normal(2, 4))).toThrow('rows of 3 and of 4 columns');
  });
});

test.each([1, 4, 300, 513])('gram of %i rows is exactly symmetric and equals the product with itself', (n) => {
  const a = normal(n, 20);
  const g = gram(a).data;
  expect(largestDifference(g, multiplyTransposed(a, a).data)).toBe(0);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) if (g[i * n + j] !== g[j * n + i]) expect.fail(`${i}, ${j}`);
});

test('productBlocks put together are the product', () => {
  const [a, b] = [normal(50, 9, 1), normal(30, 9, 2)];
  const rows = [...productBlocks(a, b, { blockRows: 16 })].map(({ start, product }) => [start, product.rows]);
  expect(rows).toEqual([
    [0, 16],
    [16, 16],
    [32, 16],
    [48, 2],
  ]);
  const parts: number[] = [];
  for (const { product } of productBlocks(a, b, { blockRows: 16 })) parts.push(...product.data);
  expect(largestDifference(parts, multiplyTransposed(a, b).data)).toBe(0);
});
