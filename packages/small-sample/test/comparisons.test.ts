import type { Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { compareGenerators, fastStatistic, imagesNeeded, splitHalfFloors, standing, type Draw } from '../src/index.js';
import { gaussianFeatures } from './gaussian-features.js';

const variances = new Float64Array(8).fill(1);
const reference = gaussianFeatures(60, variances, 1);

function stacked(first: number, second: number) {
  const [a, b] = [gaussianFeatures(40, variances, 2, first), gaussianFeatures(40, variances, 3, second)];
  return { data: Float64Array.from([...a.data, ...b.data]), rows: 80, cols: 8 };
}

describe('compareGenerators', () => {
  const n = { reference: 60, first: 40, second: 40 };

  it('tells a shifted generator from a good one, and not two good ones', async () => {
    const compare = (second: number) =>
      compareGenerators({ n, statistic: fastStatistic(reference, stacked(0, second)), draws: 199 });
    const different = await compare(1);
    expect(different.kid.pValue).toBe(1 / 200);
    expect(different.kid.difference).toBeLessThan(0);
    expect((await compare(0)).kid.pValue).toBeGreaterThan(0.05);
  });

  // Standard errors of differences of means have a closed form; what both sets share with the reference cancels.
  it('has the interval of a difference of means, from which the reference falls out', async () => {
    const values = stacked(0, 0.5).data.filter((_, i) => i % 8 === 0);
    const center = reference.data.filter((_, i) => i % 8 === 0);
    const mean = (list: Matrix['data'], rows: Int32Array) =>
      rows.reduce((sum, row) => sum + list[row] / rows.length, 0);
    const statistic = (draw: Draw) => ({ shift: mean(values, draw.generated) - mean(center, draw.reference) });
    const { shift } = await compareGenerators({ n, statistic, draws: 19, bundles: 40 });
    const variance = (column: Matrix['data']) => {
      const list = Array.from(column);
      const middle = list.reduce((sum, value) => sum + value / 40, 0);
      return list.reduce((sum, value) => sum + (value - middle) ** 2, 0) / 39;
    };
    const exact = Math.sqrt((variance(values.subarray(0, 40)) + variance(values.subarray(40))) / 40);
    expect(shift.standardError).toBeCloseTo(exact, 10);
    expect(shift.interval[1] - shift.difference).toBeCloseTo(1.685 * exact, 2);
    expect(shift.difference).toBeCloseTo((shift.interval[0] + shift.interval[1]) / 2, 12);
  });

  it('exchanges and leaves out images of one group together', async () => {
    const groups = { generated: Array.from({ length: 80 }, (_, row) => Math.floor(row / 10)) };
    const effects = Float64Array.from({ length: 80 }, (_, row) => [0, 5, 2, 9, 1, 8, 3, 7][Math.floor(row / 10)]);
    const statistic = ({ generated }: Draw) => ({ mean: generated.reduce((sum, row) => sum + effects[row], 0) / 40 });
    const apart = (await compareGenerators({ n, statistic })).mean;
    const together = (await compareGenerators({ n, statistic, groups })).mean;
    expect(together.standardError).toBeGreaterThan(2 * apart.standardError);
    expect(together.pValue).toBeGreaterThan(apart.pValue);
  });

  it('refuses sets of different sizes, and one of a single group', async () => {
    const statistic = fastStatistic(reference, stacked(0, 0));
    await expect(compareGenerators({ n: { ...n, second: 39 }, statistic })).rejects.toThrow(/40 and 39 rows/);
    const generated = Array.from({ length: 80 }, (_, row) => (row < 40 ? 'one' : row));
    await expect(compareGenerators({ n, statistic, groups: { generated } })).rejects.toThrow(/the first generated set/);
  });
});

describe('splitHalfFloors', () => {
  it('draws disjoint parts of the asked size', async () => {
    const { shared, size } = await splitHalfFloors({
      rows: 20,
      n: 8,
      draws: 5,
      statistic: ({ reference: a, generated: b }) => ({
        shared: a.filter((row) => b.includes(row)).length,
        size: a.length + b.length,
      }),
    });
    expect(shared.values).toEqual([0, 0, 0, 0, 0]);
    expect(size.mean).toBe(16);
    expect(size.std).toBe(0);
  });

  it('says how many images two parts need, and gives one draw no std', async () => {
    const statistic = () => ({ one: 1 });
    await expect(splitHalfFloors({ rows: 20, n: 11, statistic })).rejects.toThrow(/need 22 images and there are 20/);
    expect((await splitHalfFloors({ rows: 20, draws: 1, statistic })).one).not.toHaveProperty('std');
  });
});

describe('standing', () => {
  const floor = { mean: 60, std: 2, n: 1000, values: [58, 59, 60, 61, 62] };

  it('reads a score beside floor and ceiling', () => {
    const good = standing(61, floor, { direction: 'lower', ceiling: 160 });
    expect(good).toMatchObject({ position: 0.01, percentile: 40 });
    expect(good.sentence).toMatch(/^as close as two parts of the reference of 1000 images/);
    expect(standing(70, floor, { direction: 'lower' }).sentence).toMatch(/^farther/);
    expect(standing(70, floor, { direction: 'higher' }).percentile).toBe(100);
  });
});

describe('imagesNeeded', () => {
  it('solves value = z·null·n/N + z·error·√(n/N)', () => {
    const separation = { value: 0.02, nullDeviation: 0.01, standardError: 0.015, n: 100 };
    const needed = imagesNeeded(separation);
    const signal = (1.6449 * 0.01 * 100) / needed + 0.8416 * 0.015 * Math.sqrt(100 / needed);
    expect(signal).toBeLessThanOrEqual(0.02);
    expect(signal).toBeGreaterThan(0.0198);
  });

  it('is never where no distance was seen', () => {
    expect(imagesNeeded({ value: -0.001, nullDeviation: 1, standardError: 1, n: 10 })).toBe(Infinity);
  });
});
