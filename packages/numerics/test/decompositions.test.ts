import { EigenvalueDecomposition, Matrix as Oracle, SingularValueDecomposition } from 'ml-matrix';
import { describe, expect, test } from 'vitest';
import {
  gram,
  matrix,
  multiplyTransposed,
  nuclearNorm,
  semidefiniteFactor,
  singularValues,
  symmetricEigenvalues,
  type Matrix,
} from '../src/index.js';
import { bidiagonalForm } from '../src/decompositions/bidiagonal-form.js';
import { bidiagonalSingularValues } from '../src/decompositions/bidiagonal-singular-values.js';
import { tridiagonalEigenvalues } from '../src/decompositions/tridiagonal-eigenvalues.js';
import { tridiagonalForm } from '../src/decompositions/tridiagonal-form.js';
import { largestDifference, normal } from './helpers.js';

const oracle = (a: Matrix): Oracle => Oracle.from1DArray(a.rows, a.cols, [...a.data]);

/** A symmetric matrix of normal entries: half of its eigenvalues are negative. */
function symmetric(n: number, seed = 1): Matrix & { readonly data: Float64Array } {
  const { data } = normal(n, n, seed);
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) data[j * n + i] = data[i * n + j];
  return { data, rows: n, cols: n };
}

describe('symmetricEigenvalues', () => {
  test.each([1, 2, 3, 4, 7, 50, 101])('equal ml-matrix at n = %i', (n) => {
    const a = symmetric(n);
    const expected = new EigenvalueDecomposition(oracle(a), { assumeSymmetric: true }).realEigenvalues;
    expect(
      largestDifference(
        symmetricEigenvalues(a),
        expected.sort((x, y) => x - y),
      ),
    ).toBeLessThan(1e-12 * n);
  });

  test('are those of known matrices', () => {
    expect([...symmetricEigenvalues(matrix([[5]]))]).toEqual([5]);
    expect([...symmetricEigenvalues(matrix([[0, 0], [0, 0]]))]).toEqual([0, 0]); // prettier-ignore
    expect([...symmetricEigenvalues(matrix([[3, 0, 0], [0, -1, 0], [0, 0, 2]]))]).toEqual([-1, 2, 3]); // prettier-ignore
    // Ones everywhere: n once, 0 otherwise.
    const ones = symmetricEigenvalues(matrix(new Float64Array(64).fill(1), 8, 8));
    expect(largestDifference(ones, [0, 0, 0, 0, 0, 0, 0, 8])).toBeLessThan(1e-14);
  });

  test('survive scales whose squares overflow or vanish', () => {
    for (const factor of [1e-200, 1e200]) {
      const scaled = matrix([[2 * factor, factor], [factor, 2 * factor]]); // prettier-ignore
      const [low, high] = symmetricEigenvalues(scaled);
      expect(low / factor).toBeCloseTo(1, 14);
      expect(high / factor).toBeCloseTo(3, 14);
    }
  });

  test('need a square matrix of finite elements', () => {
    expect(() => symmetricEigenvalues(normal(2, 3))).toThrow('got 2×3');
    expect(() => symmetricEigenvalues(matrix([[1, NaN], [NaN, 1]]))).toThrow('element 1 is NaN'); // prettier-ignore
  });

  test.each([1, 2, 5, 40])('are the same without WebAssembly at n = %i', (n) => {
    const a = symmetric(n);
    const values = tridiagonalEigenvalues(tridiagonalForm(a.data, n, undefined));
    expect(largestDifference(values, symmetricEigenvalues(a))).toBeLessThan(1e-12 * n);
  });
});

describe('singularValues', () => {
  test.each([
    [1, 1],
    [3, 2],
    [2, 5],
    [33, 31],
    [40, 40],
    [20, 71],
    [129, 70],
    [200, 200],
  ])('equal ml-matrix at %i×%i', (n, m) => {
    const a = normal(n, m);
    const expected = new SingularValueDecomposition(oracle(a), { autoTranspose: true }).diagonal;
    expect(largestDifference(singularValues(a), expected)).toBeLessThan(1e-12 * (n + m));
  });

  test('of a rank-deficient matrix are 0 to rounding, where the root of an eigenvalue of AᵀA would be 1e-8', () => {
    const thin = normal(60, 5, 1);
    const values = singularValues(multiplyTransposed(thin, thin));
    expect(values[4]).toBeGreaterThan(1);
    expect(values.subarray(5).every((value) => value < 1e-12)).toBe(true);
  });

  test('with zeros on the diagonal of the bidiagonal form', () => {
    const shift = matrix([[0, 1, 0], [0, 0, 2], [0, 0, 0]]); // prettier-ignore
    expect(largestDifference(singularValues(shift), [2, 1, 0])).toBeLessThan(1e-15);
    const values = bidiagonalSingularValues({
      diagonal: new Float64Array([1, 0, 3, 0]),
      superdiagonal: new Float64Array([2, 4, 5]),
    });
    const expected = new SingularValueDecomposition(
      new Oracle([[1, 2, 0, 0], [0, 0, 4, 0], [0, 0, 3, 5], [0, 0, 0, 0]]), // prettier-ignore
    ).diagonal;
    expect(largestDifference(values, expected)).toBeLessThan(1e-14);
  });

  test.each([
    [1, 1],
    [9, 4],
    [30, 30],
  ])('are the same without WebAssembly at %i×%i', (rows, cols) => {
    const a = normal(rows, cols);
    const values = bidiagonalSingularValues(bidiagonalForm(a.data.slice(), rows, cols, undefined));
    expect(largestDifference(values, singularValues(a))).toBeLessThan(1e-12 * rows);
  });
});

test('nuclearNorm of a positive semidefinite matrix is its trace', () => {
  const g = gram(normal(80, 30));
  const trace = g.data.reduce((sum, value, index) => sum + (index % 81 === 0 ? value : 0), 0);
  expect(Math.abs(nuclearNorm(g) / trace - 1)).toBeLessThan(1e-13);
});

describe('semidefiniteFactor', () => {
  test.each([
    [10, 30],
    [30, 10],
    [150, 200],
    [200, 128],
  ])('multiplies back to a Gram matrix of %i vectors in %i dimensions', (n, d) => {
    const g = gram(normal(n, d));
    const factor = semidefiniteFactor(g);
    expect(factor.rows).toBe(Math.min(n, d));
    const transposed = new Float64Array(n * factor.rows);
    for (let k = 0; k < factor.rows; k++)
      for (let j = 0; j < n; j++) transposed[j * factor.rows + k] = factor.data[k * n + j];
    const back = gram(matrix(transposed, n, factor.rows));
    expect(largestDifference(back.data, g.data)).toBeLessThan(1e-11);
  });

  test('of zero has rank 0; a negative variance is refused', () => {
    expect(semidefiniteFactor(matrix(new Float64Array(9), 3, 3)).rows).toBe(0);
    expect(() => semidefiniteFactor(matrix([[1, 0], [0, -1]]))).toThrow('diagonal element 1 is -1'); // prettier-ignore
  });
});
