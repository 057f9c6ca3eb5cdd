import { describe, expect, test } from 'vitest';
import { matrix, nearestNeighbours, RandomState, ScreenedDistances, type Matrix } from '../src/index.js';
import { normal, single } from './helpers.js';

const scaled = (source: Matrix, factor: number, shift = 0): Matrix =>
  matrix(
    Float64Array.from(source.data, (value) => value * factor + shift),
    source.rows,
    source.cols,
  );

function exactDistance(a: Matrix, i: number, b: Matrix, j: number): number {
  let sum = 0;
  for (let p = 0; p < a.cols; p++) sum += (a.data[i * a.cols + p] - b.data[j * b.cols + p]) ** 2;
  return sum;
}

/** The largest |approximation − exact| in units of the stated bound. */
function largestShareOfBound(distances: ScreenedDistances): number {
  let largest = 0;
  for (const { start, rows, cols, data } of distances.blocks({ blockRows: 17 })) {
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < cols; j++) {
        const error = Math.abs(data[row * cols + j] - exactDistance(distances.a, start + row, distances.b, j));
        const share = error / (distances.errorsA[start + row] + distances.errorsB[j]);
        if (!(share <= largest)) largest = share;
      }
    }
  }
  return largest;
}

describe('ScreenedDistances', () => {
  // Depths around the pairs of steps, the kernel's passes and the chunks; scales whose float32 products would overflow or vanish.
  test.each([
    ['one column', normal(20, 1, 1), normal(30, 1, 2)],
    ['an odd depth', normal(40, 301, 1), normal(50, 301, 2)],
    ['more than a chunk', normal(10, 2051, 1), normal(9, 2051, 2)],
    ['float32', single(normal(40, 256, 1)), single(normal(30, 256, 2))],
    ['far from the origin', scaled(normal(40, 64, 1), 1, 1000), scaled(normal(30, 64, 2), 1, 1003)],
    ['large elements', scaled(normal(40, 64, 1), 1e30), scaled(normal(30, 64, 2), 1e30)],
    ['small elements', scaled(normal(40, 64, 1), 1e-30), scaled(normal(30, 64, 2), 1e-30)],
  ])('err by less than the bound: %s', (_, a, b) => {
    expect(largestShareOfBound(new ScreenedDistances(a, b))).toBeLessThan(1);
    expect(largestShareOfBound(new ScreenedDistances(a))).toBeLessThan(1);
  });

  test('have a bound of some parts in a hundred thousand of the squared lengths', () => {
    const a = normal(5, 2048, 1);
    const { errorsA } = new ScreenedDistances(a, a, { center: new Float64Array(2048) });
    for (let i = 0; i < 5; i++) {
      const squaredLength = exactDistance(a, i, matrix(new Float64Array(2048), 1, 2048), 0);
      expect(errorsA[i] / squaredLength).toBeGreaterThan(1e-5);
      expect(errorsA[i] / squaredLength).toBeLessThan(2e-5);
    }
  });

  test('measure a pair exactly, in either order', () => {
    const [a, b] = [normal(3, 50, 1), normal(3, 50, 2)];
    expect(new ScreenedDistances(a, b).exact(1, 2)).toBe(new ScreenedDistances(b, a).exact(2, 1));
    expect(new ScreenedDistances(a, a).exact(1, 1)).toBe(0);
  });

  test('refuse rows of different width', () => {
    expect(() => new ScreenedDistances(normal(2, 3), normal(2, 4))).toThrow('rows of 3 and of 4 columns');
  });
});

test('nearestNeighbours tells rows apart that float32 cannot', () => {
  // Three clusters whose rows differ by parts in a billion, among them exact duplicates.
  const random = new RandomState(5);
  const centers = normal(3, 40, 1);
  const rows = Array.from({ length: 60 }, (_, i) =>
    Array.from({ length: 40 }, (_, p) => centers.data[(i % 3) * 40 + p] + (i < 50 ? 1e-9 * random.randn(1)[0] : 0)),
  );
  const points = matrix(rows);
  const expected = rows.flatMap((_, i) =>
    rows
      .map((_, j) => ({ j, distance: exactDistance(points, i, points, j) }))
      .filter(({ j }) => j !== i)
      .sort((a, b) => a.distance - b.distance || a.j - b.j)
      .slice(0, 5)
      .map(({ j }) => j),
  );
  expect([...nearestNeighbours(points, { k: 5 }).indices]).toEqual(expected);
});
