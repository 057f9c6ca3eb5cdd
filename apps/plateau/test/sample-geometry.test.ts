import { RandomState, selectRows, type Matrix } from '@plateau/numerics';
import { scoreFeatures } from '@plateau/scorecard';
import { describe, expect, it } from 'vitest';
import { sampleGeometry, sampleSet } from '../src/monitor/collapse/sample-geometry.js';

/** Normal features, of which the first two rows are zero. */
function features(n: number, d: number): Matrix {
  const data = Float32Array.from(new RandomState(n).randn(n, d), (value, at) => (at < 2 * d ? 0 : value));
  return { data, rows: n, cols: d };
}

function vendiScore(rows: Matrix, q = 1): number {
  return scoreFeatures(rows, rows, { metrics: ['vendi'], options: { vendi: { q } } })[0].value;
}

describe('sampleGeometry', () => {
  // The oracle is the metric, which was compared with the authors' package.
  it.each([
    ['more features than samples', 20, 30],
    ['more samples than features', 40, 6],
  ])('gives the Vendi scores of %s, of all and of some', (_, n, d) => {
    const all = features(n, d);
    const members = [0, 1, 5, 7, 8, 9, 11, 13, 17, 19];
    for (const [geometry, rows] of [
      [sampleGeometry(sampleSet(all)), all],
      [sampleGeometry(sampleSet(all), members), selectRows(all, members)],
    ] as const) {
      expect(geometry.vendi).toBeCloseTo(vendiScore(rows), 10);
      expect(geometry.vendiInfinity).toBeCloseTo(vendiScore(rows, Infinity), 10);
    }
  });

  it('measures the spread and the nearest distances of points on a line', () => {
    const line = { data: Float32Array.of(0, 1, 3, 7), rows: 4, cols: 1 };
    const { spread, nearest } = sampleGeometry(sampleSet(line));
    expect(spread).toBeCloseTo(Math.sqrt((1 + 9 + 49 + 4 + 36 + 16) / 6), 12);
    expect([...nearest]).toEqual([1, 1, 2, 4]);
  });
});
