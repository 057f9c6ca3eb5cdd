import { segmentationScores, type LabelMap } from '@plateau/cells';
import { describe, expect, it } from 'vitest';

/** A label map of one row, written as digits. */
function row(digits: string): LabelMap {
  const data = Int32Array.from(digits, Number);
  return { data, width: data.length, height: 1, count: Math.max(...data) };
}

// Expected numbers are worked out by hand from the paper's definitions; ln 2 and ln 3 are the entropies that occur.
const [ln2, ln3] = [Math.log(2), Math.log(3)];

describe('segmentationScores', () => {
  it('is 1 for the truth under other numbers, with walls of any width', () => {
    const scores = segmentationScores(row('2200001'), row('1110222'));
    for (const score of Object.values(scores)) expect(score).toBeCloseTo(1, 12);
  });

  it('tells merged cells from split ones', () => {
    expect(segmentationScores(row('1111'), row('1122'))).toEqual({
      rand: 2 / 3,
      randSplit: 1,
      randMerge: 0.5,
      info: 0,
      infoSplit: 1,
      infoMerge: 0,
    });
    expect(segmentationScores(row('1122'), row('1111'))).toMatchObject({ rand: 2 / 3, randSplit: 0.5, randMerge: 1 });
  });

  it('follows the definitions where a border is off by a pixel', () => {
    // Both: 2, 1 and 3 pixels; found: 2 and 4; truth: 3 and 3.
    const { rand, randSplit, randMerge, info } = segmentationScores(row('112222'), row('111222'));
    expect([rand, randSplit, randMerge]).toEqual([14 / 19, 14 / 18, 14 / 20]);
    const mutual = ln3 / 2 - ln2 / 3;
    expect(info).toBeCloseTo(mutual / ((ln3 - (2 / 3) * ln2 + ln2) / 2), 12);
  });

  it('leaves the true walls out', () => {
    const scores = segmentationScores(row('1122233'), row('1100022'));
    expect(scores.rand).toBeCloseTo(1, 12);
  });

  it('refuses maps of two sizes and maps without a cell', () => {
    expect(() => segmentationScores(row('11'), row('111'))).toThrow(/sizes differ/);
    expect(() => segmentationScores(row('00'), row('11'))).toThrow(/0 cells found, 1 in truth/);
  });
});
