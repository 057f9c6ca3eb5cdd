import { describe, expect, test } from 'vitest';
import { gram, matrix, multiplyTransposed, productBlocks, type Matrix } from '../src/index.js';
import { localKernels } from '../src/kernels/executor.js';
import type { KernelExports } from '../src/kernels/kernel-exports.js';
import { columnsOf, rowsOf } from '../src/kernels/operand.js';
import { tileCount, wholeArray, type TileJob } from '../src/kernels/tile-job.js';
import { createRunner } from '../src/kernels/create-runner.js';
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
      a: rowsOf(a, { center }),
      b: rowsOf(b, { center }),
      depth: 31,
      out: wholeArray(new Float64Array(270 * 520), 520),
    };
    runAll(job, undefined);
    const expected = multiplyTransposed(a, b, { centerA: center, centerB: center }).data;
    expect(largestDifference(job.out.data, expected)).toBeLessThan(1e-12);
  });

  test('refuses rows of different width', () => {
    expect(() => multiplyTransposed(normal(2, 3), normal(2, 4))).toThrow('rows of 3 and of 4 columns');
  });
});

describe('a job on columns and on part of an array', () => {
  // Depths around the staged groups, the pairs of steps and the chunks.
  test.each([
    [5, 3, 1],
    [258, 70, 301],
    [9, 270, 2049],
  ])('subtracts the products of %i with %i columns of %i elements', (n, m, depth) => {
    const [a, b] = [normal(depth, n + 2, 1), single(normal(depth, m, 2))];
    const center = normal(1, m, 3).data;
    const stride = m + 5;
    const before = normal(n + 1, stride, 4).data;
    const expected = before.slice();
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < m; j++) {
        for (let p = 0; p < depth; p++) {
          expected[stride + 3 + i * stride + j] -= a.data[p * (n + 2) + i + 1] * (b.data[p * m + j] - center[j]);
        }
      }
    }
    for (const kernels of [localKernels(), undefined]) {
      const out = { data: before.slice(), offset: stride + 3, stride };
      const operandA = { ...columnsOf(a), offset: 1, count: n };
      runAll({ a: operandA, b: columnsOf(b, { center }), depth, out, subtract: true }, kernels);
      expect(largestDifference(out.data, expected)).toBeLessThan(1e-12 * depth);
    }
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

function runAll(job: TileJob, kernels: KernelExports | undefined): void {
  const runner = createRunner(kernels, job);
  for (let index = 0; index < tileCount(job); index++) runner.run(index);
}
