import type { Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import {
  calibratedFrechetDistance,
  comparisonTable,
  diagnose,
  fastStatistic,
  extrapolationChart,
  frechetVersusNChart,
  metricsTable,
  standingChart,
  textTable,
} from '../src/index.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

const variances = powerLaw(64, 1, 10);
const reference = gaussianFeatures(100, variances, 1);
const settings = { draws: 50, calibrationDraws: 4, trials: 2, floorDraws: 99 };

/** Mean square of the first column, whose variance is far above the others'. */
function firstMoment({ data, rows, cols }: Matrix): number {
  let sum = 0;
  for (let i = 0; i < rows; i++) sum += data[i * cols] ** 2 / rows;
  return sum;
}

describe('diagnose', () => {
  it('puts every metric beside its floor and sums up', async () => {
    const steps: string[] = [];
    const generated = gaussianFeatures(50, variances, 2, 0.5);
    const result = await diagnose(reference, generated, { ...settings, onStep: (step) => steps.push(step) });
    const metrics = result.metrics.map(({ metric }) => metric);
    expect(metrics).toEqual([
      ...['fid', 'fid-calibrated', 'fid-infinity'],
      ...['kid', 'fid-mean', 'precision', 'recall', 'density', 'coverage'],
    ]);
    const kid = result.metrics.find(({ metric }) => metric === 'kid')!;
    expect(kid.standing?.sentence).toMatch(/^farther than two parts of the reference of 50 images/);
    expect(result.imagesNeeded).toBeLessThan(100);
    expect(result.memorisation?.copies).toBe(false);
    expect(steps).toContain('memorisation');
    expect(() => JSON.stringify(result)).not.toThrow();
    expect(textTable(metricsTable(result.metrics))).toMatch(/fid-calibrated/);
    for (const spec of [standingChart(result.metrics), extrapolationChart(result.extrapolated!.both, 'FID')]) {
      expect(spec.$schema).toMatch(/vega-lite/);
    }
  });

  it('puts every score between a floor and a ceiling, at one n, with p-values corrected by Holm', async () => {
    const spread = {
      metric: 'gap',
      direction: 'lower' as const,
      compute: (a: Matrix, b: Matrix) => Math.abs(firstMoment(a) - firstMoment(b)),
    };
    const picky = {
      ...spread,
      metric: 'picky',
      compute: () => {
        throw new RangeError('needs 900 images');
      },
    };
    const result = await diagnose(reference, gaussianFeatures(80, variances, 2, 0.5), {
      ...settings,
      metrics: [spread, picky],
    });
    const rows = new Map(result.metrics.map((row) => [row.metric, row]));
    for (const name of ['fid', 'kid', 'fid-mean', 'gap']) {
      const { floor, atFloor, ceiling } = rows.get(name)!;
      expect(floor!.n).toBe(50);
      expect(floor!.mean).toBeLessThan(atFloor!);
      expect(ceiling).toBeGreaterThan(floor!.mean);
    }
    expect(rows.get('coverage')!.ceiling).toBeLessThan(0.5);
    expect(rows.get('kid')!.pValue).toBe(1 / 100);
    expect(rows.get('kid')!.adjustedPValue).toBe(6 / 100);
    expect(rows.get('fid')!.pValue).toBeUndefined();
    expect(rows.has('picky')).toBe(false);
    expect(result.warnings.join()).toMatch(/picky was left out: needs 900 images/);
  });

  it('counts its draws as it says, by any method and through a pool', async () => {
    const generated = gaussianFeatures(50, variances, 2, 0.5);
    for (const method of ['bootstrap', 'jackknife', 'subsampling'] as const) {
      let announced = 0;
      let drawn = 0;
      const result = await diagnose(reference, generated, {
        ...{ ...settings, method },
        poolOf: (x, y) => {
          const measure = fastStatistic(x, y);
          return async (draws, onDraw) => draws.map((draw) => (onDraw(), measure(draw)));
        },
        calibrate: (x, y, settings) => Promise.resolve(calibratedFrechetDistance(x, y, settings)),
        onStep: (_, draws) => (announced += draws),
        onDraw: () => (drawn += 1),
      });
      expect(drawn).toBe(announced);
      expect(result.metrics.find(({ metric }) => metric === 'kid')!.interval).toHaveLength(2);
    }
  });

  it('holds two generators against one reference, on as many images of each', async () => {
    const [near, far] = [gaussianFeatures(50, variances, 2), gaussianFeatures(70, variances, 3, 0.6)];
    let announced = 0;
    let drawn = 0;
    const counts = { onStep: (_: string, draws: number) => (announced += draws), onDraw: () => (drawn += 1) };
    const { comparison } = await diagnose(reference, near, { ...settings, ...counts, draws: 200, against: far });
    expect(drawn).toBe(announced);
    expect(comparison!.n).toBe(50);
    expect(comparison!.verdict).toMatch(
      /^The generated set is better by kid, fid-mean.* than the one it is held against/,
    );
    const kid = comparison!.metrics.find(({ metric }) => metric === 'kid')!;
    expect(kid.pValue).toBe(1 / 200);
    expect(kid.adjustedPValue).toBe(6 / 200);
    expect(kid.interval[1]).toBeLessThan(0);
    expect(comparisonTable(comparison!)).toHaveLength(7);
    const turned = await diagnose(reference, far, { ...settings, draws: 200, against: near });
    expect(turned.comparison!.verdict).toMatch(/^The generated set is worse by kid, fid-mean/);
    const same = await diagnose(reference, near, { ...settings, against: gaussianFeatures(50, variances, 8) });
    expect(same.comparison!.verdict).toMatch(/^No metric tells the two generated sets apart \(6 tested, Holm, 5 %\)/);
  });

  it('refuses a set to hold against that does not fit', async () => {
    const against = gaussianFeatures(12, variances, 2);
    await expect(diagnose(reference, reference, { against })).rejects.toThrow(
      /held against has 12 samples, at least 20/,
    );
    await expect(diagnose(reference, undefined, { against: reference })).rejects.toThrow(/no generated one: give both/);
    const narrow = gaussianFeatures(30, [1, 1], 2);
    await expect(diagnose(reference, reference, { against: narrow })).rejects.toThrow(/held against 2: extract all/);
  });

  it('says before it computes that more images than it can resample were asked for', async () => {
    const many = gaussianFeatures(5001, [1], 1);
    await expect(diagnose(many, many, { most: 6000 })).rejects.toThrow(/up to 5000 images a set; lower most/);
  });

  it('draws from sets that are too large, and says so', async () => {
    const { n, warnings } = await diagnose(reference, gaussianFeatures(90, variances, 5), { ...settings, most: 60 });
    expect(n).toEqual({ reference: 100, generated: 90 });
    expect(warnings.join()).toMatch(/60 of 100 reference images were drawn/);
    expect(warnings.join()).toMatch(/60 of 90 generated images were drawn/);
  });

  it('carries the Inception Score to infinitely many images where there are logits', async () => {
    const { metrics } = await diagnose(reference, gaussianFeatures(50, variances, 2), {
      ...{ ...settings, logits: gaussianFeatures(200, new Float64Array(5).fill(1), 3) },
    });
    expect(metrics.find(({ metric }) => metric === 'is-infinity')!.value).toBeGreaterThan(1);
  });

  it('refuses groups that are in both sets', async () => {
    const groups = {
      reference: Array.from({ length: 100 }, (_, i) => i % 7),
      generated: new Array<number>(50).fill(3),
    };
    const run = diagnose(reference, gaussianFeatures(50, variances, 2), { ...settings, groups });
    await expect(run).rejects.toThrow(/groups 3 are in both sets/);
  });

  it('describes a reference alone', async () => {
    const result = await diagnose(reference, undefined, { trials: 1 });
    expect(result.n).toEqual({ reference: 100 });
    expect(result.metrics).toEqual([]);
    expect(result.warnings.join()).toMatch(/one trial: no standard deviation/);
    expect(frechetVersusNChart(result.frechetVersusN!).data).toBeDefined();
  });

  it('reports constant features and images in both sets', async () => {
    const withConstant = gaussianFeatures(60, [1, 1, 1, 0], 3);
    const copied = { ...withConstant, data: withConstant.data.slice(0, 160), rows: 40 };
    const { warnings } = await diagnose(withConstant, copied, settings);
    expect(warnings.join()).toMatch(/1 of 4 features are constant in both sets/);
    expect(warnings.join()).toMatch(/40 generated images are also in the reference/);
  });

  it('says that a generator makes one image only', async () => {
    const one = gaussianFeatures(40, new Float64Array(64), 1, 3);
    const { warnings, metrics } = await diagnose(reference, one, settings);
    expect(warnings.join()).toMatch(/all 40 images of the generated set have the same features/);
    expect(textTable(metricsTable(metrics))).toMatch(/^fid +worse than halves, over 100 % /m);
  });

  it('refuses features that are all constant, and too few logits, before it computes', async () => {
    const flat = gaussianFeatures(40, [0, 0], 1);
    await expect(diagnose(flat, flat)).rejects.toThrow(/all 2 features are constant in both sets/);
    await expect(diagnose(reference, reference, { logits: gaussianFeatures(3, [1], 1) })).rejects.toThrow(
      /logits have 3 rows and IS∞ needs 20/,
    );
  });

  it('says how many images it needs', async () => {
    await expect(diagnose(gaussianFeatures(12, variances, 4))).rejects.toThrow(/12 samples, at least 20 are needed/);
  });
});
