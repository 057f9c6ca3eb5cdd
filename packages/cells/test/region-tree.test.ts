import type { LabelMap } from '@plateau/cells';
import { describe, expect, it } from 'vitest';
import { doubled } from '../src/raster/doubled.js';
import { halved } from '../src/raster/halved.js';
import { mergeWeakest } from '../src/raster/merge-weakest.js';
import { hasFineLines, lineStrength } from '../src/segmentation/line-strength.js';
import { aspectOf, regionTree, solidityOf } from '../src/segmentation/region-tree.js';

/** An image of four squares of 10 pixels, two by two. */
const squares: LabelMap = {
  data: Int32Array.from({ length: 400 }, (_, i) => 1 + (i % 20 < 10 ? 0 : 1) + (i < 200 ? 0 : 2)),
  width: 20,
  height: 20,
  count: 4,
};

describe('mergeWeakest', () => {
  it('merges the weakest border first and pools what both share with a third', () => {
    const steps: unknown[] = [];
    const borders = [
      { a: 1, b: 2, length: 4, sum: 0.4 },
      { a: 1, b: 3, length: 2, sum: 1 },
      { a: 2, b: 3, length: 2, sum: 1.8 },
    ];
    mergeWeakest(borders, 3, 0.8, ({ strength, borders: around }) => steps.push([strength, [...around.values()]]));
    expect(steps).toEqual([
      [0.1, [{ length: 4, sum: 2.8 }]],
      [0.7, []],
    ]);
  });
});

describe('regionTree', () => {
  // Evidence only along the middle row: left and right squares are one before upper and lower are.
  const evidence = {
    data: Float32Array.from({ length: 400 }, (_, i) => (Math.floor(i / 20) === 10 ? 0.75 : 0)),
    width: 20,
    height: 20,
  };
  const tree = regionTree(squares, evidence);

  it('nests what is merged, parts first', () => {
    expect(tree.map(({ moments }) => moments.area)).toEqual([100, 100, 100, 100, 200, 200, 400]);
    expect(tree.at(-1)!.parts.map(({ moments }) => moments.area)).toEqual([200, 200]);
  });

  it('knows rims, joints and shapes', () => {
    const [upper, all] = [tree[4]!, tree.at(-1)!];
    expect(tree[0]!.rim).toBeCloseTo(0.375, 10);
    expect([upper.rim, upper.joint, all.rim, all.joint]).toEqual([0.75, 0, 0, 0.75]);
    expect([solidityOf(upper), solidityOf(all)]).toEqual([1, 1]);
    expect(aspectOf(upper)).toBeCloseTo(2, 10);
    expect(aspectOf(all)).toBeCloseTo(1, 10);
    expect(all.moments.evidence).toBe(15);
    expect([tree[0]!.sides, upper.sides, all.sides]).toEqual([2, 3, 4]);
  });
});

describe('lineStrength', () => {
  const lines = (sigma: number) => ({
    data: Float32Array.from({ length: 4096 }, (_, i) => 200 - 100 * Math.exp(-0.5 * (((i % 64) - 32) / sigma) ** 2)),
    width: 64,
    height: 64,
  });

  it('is high on dark lines, nothing off them and on bright ones', () => {
    const { data } = lineStrength(lines(1));
    expect(data[20 * 64 + 32]).toBeGreaterThan(0.6);
    expect(data[20 * 64 + 10]).toBe(0);
    expect(lineStrength({ ...lines(1), data: lines(1).data.map((value) => 255 - value) }).data[20 * 64 + 32]).toBe(0);
  });

  it('tells fine lines from wide ones', () => {
    expect(hasFineLines(lines(0.8))).toBe(true);
    expect(hasFineLines(lines(3))).toBe(false);
  });
});

describe('doubled', () => {
  it('is undone by halving, up to the blur of both: a slope stays as it is inside', () => {
    const slope = { data: Float32Array.from({ length: 30 }, (_, i) => 3 * (i % 6) + i), width: 6, height: 5 };
    const there = doubled(slope);
    expect([there.width, there.height]).toEqual([12, 10]);
    const back = halved(there).data;
    for (const i of [7, 8, 15, 22]) expect(back[i]).toBeCloseTo(slope.data[i]!, 5);
    expect(there.data[0]).toBe(0);
  });
});
