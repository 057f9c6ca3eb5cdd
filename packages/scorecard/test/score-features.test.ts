import { frechetDistance, kernelDistance, prdc, vendiScore } from '@plateau/fidelity';
import { matrix, RandomState, readNpyMatrix } from '@plateau/numerics';
import { calibratedFrechetDistance, extrapolateFrechetDistance } from '@plateau/small-sample';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metricDefinitions, referenceFloor, resolveMetrics, scoreFeatures, scoreTable } from '../src/index.js';

function gaussian(rows: number, cols: number, seed: number, shift = 0) {
  return matrix(
    new RandomState(seed).randn(rows, cols).map((value) => value + shift),
    rows,
    cols,
  );
}

const reference = gaussian(60, 8, 1);
const generated = gaussian(40, 8, 2, 0.5);

describe('scoreFeatures', () => {
  it('gives what the metrics of fidelity give, with counts, direction and protocol', () => {
    const scores = scoreFeatures(reference, generated, { metrics: ['fid', 'kid', 'coverage', 'vendi'], seed: 5 });
    expect(scores.map(({ value }) => value)).toEqual([
      frechetDistance(reference, generated).value,
      kernelDistance(reference, generated, { seed: 5 }).mean,
      prdc(reference, generated).coverage,
      vendiScore(generated),
    ]);
    expect(scores[1]).toMatchObject({
      metric: 'kid',
      n: { reference: 60, generated: 40 },
      direction: 'lower',
      protocol: { params: { subsets: 100, subsetSize: 1000 }, seed: 5 },
      details: { subsetSize: 40 },
      warnings: ['subsetSize 1000 was lowered to 40, the size of the smaller set'],
    });
  });

  it('has a number for constant samples, whose realism is infinite', () => {
    const constant = matrix(new Float64Array(80).fill(3), 20, 4);
    const scores = scoreFeatures(constant, constant, { metrics: resolveMetrics(['all']), onRefusal: () => {} });
    for (const { value } of scores) expect(value).not.toBeNaN();
    expect(scores.find(({ metric }) => metric === 'realism')).toMatchObject({
      value: Infinity,
      warnings: ['20 generated samples equal a reference sample: their realism is infinite'],
    });
  });

  it('takes options by metric and writes them into the protocol', () => {
    const [score] = scoreFeatures(reference, generated, { metrics: ['kid'], options: { kid: { subsetSize: 10 } } });
    expect(score.protocol.params).toEqual({ subsets: 100, subsetSize: 10 });
    expect(score.warnings).toEqual([]);
  });

  it('can compute every metric that it lists', () => {
    const metrics = metricDefinitions.map(({ id }) => id);
    for (const { metric, value } of scoreFeatures(reference, generated, { metrics })) {
      expect(value, metric).toBeTypeOf('number');
      expect(Number.isFinite(value), metric).toBe(true);
    }
  });

  it('gives distances for few images with standard error and interval, in tables too', () => {
    const metrics = ['fid-calibrated', 'fid-infinity'];
    const options = { 'fid-calibrated': { draws: 4, bundles: 5 }, 'fid-infinity': { sizes: 'both' } };
    const scores = scoreFeatures(reference, generated, { metrics, options, seed: 5 });
    const calibrated = calibratedFrechetDistance(reference, generated, { draws: 4, bundles: 5, seed: 5 });
    const carried = extrapolateFrechetDistance(reference, generated, { sizes: 'both', seed: 5 });
    expect(scores.map(({ value }) => value)).toEqual([calibrated.value, carried.value]);
    expect(scores.map(({ interval }) => interval)).toEqual([calibrated.interval, carried.interval]);
    expect(scores.map(({ standardError }) => standardError)).toEqual([calibrated.standardError, carried.standardError]);
    expect(scores[1].protocol.params).toEqual({ sizes: 'both', points: 15, from: 'auto', confidence: 0.9 });
    expect(scoreTable(scores)).toMatch(/^fid-calibrated +\S+ ± \S+ \(\S+ … \S+\)/);
  });

  it.each([
    [
      { metrics: ['fid-infinity'], options: { 'fid-infinity': { sizes: 'all' } } },
      'sizes is all, expected generated or',
    ],
    [{ metrics: ['fidd'] }, 'no metric fidd: there are fid, fid-mean'],
    [{ metrics: [] }, 'no metric was named'],
    [{ options: { kid: { size: 3 } } }, 'kid has no option size: it has subsets, subsetSize'],
    [{ options: { kid: { subsets: '3' } } }, 'kid.subsets must be a number, got "3"'],
    [{ metrics: ['precision'], options: { precision: { k: 90 } } }, 'precision: k = 90 needs more than 90'],
  ])('refuses %j', (options, message) => {
    expect(() => scoreFeatures(reference, generated, options as never)).toThrow(message);
  });

  it('names the row of a feature that is not finite', () => {
    const broken = matrix(Float64Array.from(generated.data), 40, 8);
    broken.data[3 * 8 + 2] = NaN;
    expect(() => scoreFeatures(reference, broken)).toThrow(/^fid: the .* features hold NaN in row 3, column 2/);
  });
});

describe('onRefusal', () => {
  const few = gaussian(7, 8, 3);

  it('leaves out what refuses the features, and says so', () => {
    const refusals: string[] = [];
    const scores = scoreFeatures(few, few, { metrics: ['fid', 'is'], onRefusal: (line) => refusals.push(line) });
    expect(scores.map(({ metric }) => metric)).toEqual(['fid']);
    expect(refusals).toEqual([expect.stringMatching(/^is: 10 splits need at least 10 samples, got 7/)]);
  });

  it('throws when all refuse them', () => {
    expect(() => scoreFeatures(few, few, { metrics: ['is'], onRefusal: () => {} })).toThrow('is: 10 splits');
    expect(() => scoreFeatures(few, few, { metrics: ['fid', 'is'] })).toThrow('is: 10 splits');
  });
});

describe('every id on the golden features', () => {
  const folder = new URL('../../../test-fixtures/fidelity/', import.meta.url);
  const read = (name: string) => readNpyMatrix(readFileSync(new URL(name, folder)));
  const expected = JSON.parse(readFileSync(new URL('expected.json', folder), 'utf8')) as Record<string, never>;

  // Reference values of torch-fidelity, prdc and dgm-eval; see test-fixtures/fidelity/README.md.
  it.each(['gauss64', 'collapse128', 'copies128', 'blurred128'])('%s', (name) => {
    const golden = expected[name] as Record<string, number> & {
      kid: Record<string, number>;
      prdc5: Record<string, number>;
    };
    const scores = scoreFeatures(read(`${name}.reference.npy`), read(`${name}.generated.npy`), {
      metrics: ['fid', 'fid-mean', 'fid-diagonal', 'kid', 'precision', 'recall', 'prdc', 'authpct', 'vendi'],
      options: { kid: { subsetSize: golden.kid.subsetSize } },
    });
    const value = Object.fromEntries(scores.map((score) => [score.metric, score.value]));
    const close = (actual: number, wanted: number) =>
      expect(Math.abs(actual - wanted)).toBeLessThan(1e-6 * Math.abs(wanted) + 1e-12);
    close(value.fid, golden.fid);
    close(value['fid-mean'], golden.frechetMeanOnly);
    close(value['fid-diagonal'], golden.frechetDiagonal);
    close(value.kid, golden.kid.mean);
    close(value.precision, golden.precision);
    close(value.recall, golden.recall);
    close(value.authpct, golden.authpct);
    close(value.vendi, golden.vendiGenerated);
    const kid = scores.find(({ metric }) => metric === 'kid')!.details as Record<string, number>;
    close(kid.std, golden.kid.std);
    close(kid.fullSample, golden.kidFull as unknown as number);
    const four = scores.find(({ metric }) => metric === 'prdc')!.details as Record<string, number>;
    for (const [part, wanted] of Object.entries<number>(golden.prdc5)) close(four[part], wanted);
  });

  it('logits', () => {
    const logits = read('logits.npy');
    const golden = expected.logits as { isShuffled: Record<string, number> };
    const [score] = scoreFeatures(logits, logits, { metrics: ['is'] });
    expect(score.value).toBeCloseTo(golden.isShuffled.inception_score_mean, 6);
    expect(score.details!.std).toBeCloseTo(golden.isShuffled.inception_score_std, 6);
  });
});

describe('referenceFloor', () => {
  it('scores disjoint halves of the reference', () => {
    const [fid] = referenceFloor(reference, 500, { metrics: ['fid'] });
    expect(fid.n).toEqual({ reference: 30, generated: 30 });
    expect(fid.value).toBeGreaterThan(0);
    expect(referenceFloor(reference, 12, { metrics: ['fid'] })[0].n).toEqual({ reference: 12, generated: 12 });
  });
});

describe('scoreTable', () => {
  it('lines up values, errors, directions and counts, warnings below', () => {
    const protocol = { params: {}, seed: 0 };
    const n = { reference: 60, generated: 40 };
    const table = scoreTable([
      { metric: 'fid', value: 123.456, n, direction: 'lower', protocol, warnings: ['n is small'] },
      { metric: 'kid', value: 0.01, standardError: 0.002, n, direction: 'lower', protocol, warnings: [] },
    ]);
    expect(table).toBe(
      [
        'fid   123.5          lower is better   n = 60, 40',
        'kid   0.01 ± 0.002   lower is better   n = 60, 40',
        '',
        'warning: fid: n is small',
      ].join('\n'),
    );
  });
});
