import { describe, expect, it } from 'vitest';
import {
  diagnose,
  extrapolationChart,
  frechetVersusNChart,
  metricsTable,
  standingChart,
  textTable,
} from '../src/index.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

const variances = powerLaw(64, 1, 10);
const reference = gaussianFeatures(100, variances, 1);
const settings = { draws: 50, calibrationDraws: 4, trials: 2 };

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

  it('says how many images it needs', async () => {
    await expect(diagnose(gaussianFeatures(12, variances, 4))).rejects.toThrow(/12 samples, at least 20 are needed/);
  });
});
