import { coverage, density, kernelDistance, precision, recall } from '@plateau/fidelity';
import { columnMeans, selectRows } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { fastStatistic } from '../src/index.js';
import { gaussianFeatures } from './gaussian-features.js';

const x = gaussianFeatures(40, [1, 1, 1, 1], 1);
const y = gaussianFeatures(30, [1, 2, 1, 0.5], 2, 0.3);
const measure = fastStatistic(x, y);
const rows = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

// On whole sets every number is that of fidelity.
describe('fastStatistic', () => {
  it('equals the metrics of fidelity on whole sets', () => {
    const means = [columnMeans(x), columnMeans(y)];
    const measured = measure({ reference: rows(40), generated: rows(30) });
    expect(measured.kid).toBeCloseTo(kernelDistance(x, y, { subsets: 1 }).fullSample, 10);
    expect(measured['fid-mean']).toBeCloseTo(
      means[0].reduce((sum, value, k) => sum + (value - means[1][k]) ** 2, 0),
      10,
    );
    expect(measured.precision).toBe(precision(x, y));
    expect(measured.recall).toBe(recall(x, y));
    expect(measured.density).toBeCloseTo(density(x, y), 12);
    expect(measured.coverage).toBe(coverage(x, y));
  });

  it('equals the metrics of fidelity on rows drawn without repeats', () => {
    const draw = {
      reference: Int32Array.of(3, 11, 5, 30, 7, 22, 8, 1, 39),
      generated: Int32Array.of(2, 9, 4, 28, 13, 6, 17),
    };
    const [a, b] = [selectRows(x, draw.reference), selectRows(y, draw.generated)];
    const measured = measure(draw);
    expect(measured.precision).toBe(precision(a, b));
    expect(measured.recall).toBe(recall(a, b));
    expect(measured.density).toBeCloseTo(density(a, b), 12);
    expect(measured.coverage).toBe(coverage(a, b));
    expect(measured.kid).toBeCloseTo(kernelDistance(a, b, { subsets: 1 }).fullSample, 10);
  });

  it('does the same for parts of one set', () => {
    const draw = { reference: rows(12), generated: Int32Array.from({ length: 12 }, (_, i) => 20 + i) };
    const [a, b] = [selectRows(x, draw.reference), selectRows(x, draw.generated)];
    expect(fastStatistic(x, x)(draw)).toMatchObject({
      precision: precision(a, b),
      recall: recall(a, b),
      coverage: coverage(a, b),
      density: expect.closeTo(density(a, b), 12),
      kid: expect.closeTo(kernelDistance(a, b, { subsets: 1 }).fullSample, 10),
    });
  });

  it('does not depend on the order of a draw', () => {
    const a = measure({ reference: Int32Array.of(1, 2, 2, 7), generated: Int32Array.of(5, 9, 5) });
    const b = measure({ reference: Int32Array.of(2, 7, 2, 1), generated: Int32Array.of(9, 5, 5) });
    expect(a).toEqual(b);
  });

  it('leaves the pairs of a row with itself out of the kernel distance', () => {
    const once = measure({ reference: Int32Array.of(0, 1), generated: Int32Array.of(2, 3) });
    const twice = measure({ reference: Int32Array.of(0, 1, 0, 1), generated: Int32Array.of(2, 3, 2, 3) });
    expect(twice.kid).toBeCloseTo(once.kid, 12);
  });

  it('refuses sets whose square matrices would not fit', () => {
    const large = { data: new Float64Array(5001), rows: 5001, cols: 1 };
    expect(() => fastStatistic(large, large)).toThrow(/up to 5000 images a set, got 5001: draw a subset/);
  });
});
