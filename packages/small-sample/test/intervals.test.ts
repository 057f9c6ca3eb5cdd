import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { bootstrapIntervals, jackknifeIntervals, subsamplingIntervals, type Draw } from '../src/index.js';

const n = { reference: 60, generated: 80 };
const x = new RandomState(1).randn(60);
const y = new RandomState(2).randn(80).map((value) => 2 * value + 1);
const mean = (values: Float64Array, rows: Int32Array) => rows.reduce((sum, row) => sum + values[row], 0) / rows.length;
const statistic = ({ reference, generated }: Draw) => ({ difference: mean(y, generated) - mean(x, reference) });
const variance = (values: Float64Array) => {
  const center = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - center) ** 2, 0) / (values.length - 1);
};
// The standard error of a difference of means has a closed form.
const exact = Math.sqrt(variance(x) / 60 + variance(y) / 80);

describe('jackknifeIntervals', () => {
  it('is exact for a difference of means when single images are left out', async () => {
    const { difference } = await jackknifeIntervals({ n, statistic, bundles: 80 });
    expect(difference.standardError).toBeCloseTo(exact, 10);
    expect(difference.interval[0]).toBeLessThan(difference.value);
  });

  it('is near it with bundles', async () => {
    const { difference } = await jackknifeIntervals({ n, statistic, bundles: 20 });
    expect(difference.standardError / exact).toBeGreaterThan(0.7);
    expect(difference.standardError / exact).toBeLessThan(1.3);
  });
});

describe('bootstrapIntervals', () => {
  it('has the standard error of a difference of means, and an interval about as wide as theory says', async () => {
    const { difference } = await bootstrapIntervals({ n, statistic, draws: 2000, confidence: 0.9 });
    expect(Math.abs(difference.standardError / exact - 1)).toBeLessThan(0.06);
    const [low, high] = difference.interval;
    expect((high - low) / (2 * 1.645 * exact)).toBeCloseTo(1, 0);
    expect(low).toBeLessThan(difference.value);
    expect(high).toBeGreaterThan(difference.value);
  });

  it('repeats itself for a seed and differs for another', async () => {
    const run = async (seed: number) => (await bootstrapIntervals({ n, statistic, draws: 50, seed })).difference;
    expect(await run(3)).toEqual(await run(3));
    expect((await run(3)).standardError).not.toBe((await run(4)).standardError);
  });

  it('widens when images of one specimen stay together', async () => {
    const specimen = Array.from({ length: 80 }, (_, i) => Math.floor(i / 20));
    const effects = y.map((value, i) => value + [0, 3, 6, 9][specimen[i]]);
    const measure = ({ generated }: Draw) => ({ mean: mean(effects, generated) });
    const apart = await bootstrapIntervals({ n, statistic: measure, draws: 300 });
    const together = await bootstrapIntervals({ n, statistic: measure, draws: 300, groups: { generated: specimen } });
    expect(together.mean.standardError).toBeGreaterThan(2 * apart.mean.standardError);
  });

  // A draw of 80 rows holds 1 − 1/e of them on average: all draws lie far below the value of the whole set.
  it('centres the draws on the value where all lie to one side of it', async () => {
    const distinct = ({ generated }: Draw) => ({ share: new Set(generated).size / generated.length });
    const { share } = await bootstrapIntervals({ n, statistic: distinct, draws: 300 });
    expect(share.method).toBe('centred');
    expect(share.value).toBe(1);
    expect(share.interval[0]).toBeLessThan(1);
    expect(share.interval[1]).toBeGreaterThan(1);
    expect(share.interval[1] - share.interval[0]).toBeLessThan(0.2);
  });

  it('lets a pool measure the draws, and counts them', async () => {
    let drawn = 0;
    const pool = async (draws: readonly Draw[], onDraw: () => void) =>
      draws.map((draw) => {
        onDraw();
        return statistic(draw);
      });
    const pooled = await bootstrapIntervals({ n, statistic, draws: 30, bundles: 5, pool, onDraw: () => drawn++ });
    expect(pooled).toEqual(await bootstrapIntervals({ n, statistic, draws: 30, bundles: 5 }));
    expect(drawn).toBe(1 + 2 * 5 + 30);
  });

  it('refuses groups in both sets, labels that do not fit and single groups', async () => {
    const groups = (reference: number[], generated: number[]) =>
      bootstrapIntervals({ n: { reference: 2, generated: 2 }, statistic, draws: 20, groups: { reference, generated } });
    await expect(groups([1, 2], [2, 3])).rejects.toThrow(/groups 2 are in both sets/);
    await expect(groups([1], [2, 3])).rejects.toThrow(/2 rows and 1 group labels/);
    await expect(groups([1, 1], [2, 3])).rejects.toThrow(/at least 2 groups/);
  });

  it('refuses too few draws and a confidence in percent', async () => {
    await expect(bootstrapIntervals({ n, statistic, draws: 5 })).rejects.toThrow(/at least 20, got 5/);
    await expect(bootstrapIntervals({ n, statistic, confidence: 95 })).rejects.toThrow(/between 0 and 1/);
  });
});

describe('subsamplingIntervals', () => {
  it('has the standard error of a difference of means', async () => {
    const { difference } = await subsamplingIntervals({ n, statistic, draws: 1000 });
    expect(Math.abs(difference.standardError / exact - 1)).toBeLessThan(0.1);
  });

  it('refuses subsamples of one image', async () => {
    await expect(subsamplingIntervals({ n, statistic, share: 0.02 })).rejects.toThrow(/fewer than 2/);
  });
});
