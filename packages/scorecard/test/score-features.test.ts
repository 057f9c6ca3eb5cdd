import { frechetDistance, kernelDistance, prdc, vendiScore } from '@plateau/fidelity';
import { matrix, RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { metricDefinitions, referenceFloor, scoreFeatures, scoreTable } from '../src/index.js';

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

  it.each([
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
