import {
  countFreeWallEnds,
  eulerNumber,
  linealPath,
  localThickness,
  measureCells,
  measureChords,
  parsePixelSize,
  poreSizeDistribution,
  labelComponents,
  toCsv,
  twoPointAlong,
  twoPointCorrelation,
  weightedQuantile,
} from '@plateau/cells';
import { describe, expect, it } from 'vitest';
import { drawn, maskOf } from './raster.js';

// Check values of METRICS: 25 discs of radius 8 at pitch 20.
const discs = maskOf(100, 100, (x, y) => ((x % 20) - 10) ** 2 + ((y % 20) - 10) ** 2 <= 64);

describe('measureCells on 25 discs', () => {
  const { cells, image } = measureCells(labelComponents(discs));

  it('counts and measures them as METRICS and skimage do', () => {
    expect(image.cellCount).toBe(25);
    expect(image.eulerNumber).toBe(25);
    for (const cell of cells) {
      expect(cell.area).toBe(197);
      expect(cell.equivalentDiameter).toBeCloseTo(15.83755632, 7);
      expect(cell.perimeterBenkridCrookes).toBeCloseTo(52.28427125, 7);
      expect(cell.perimeter).toBeCloseTo(52.25011444, 7);
      expect(cell.aspectRatio).toBeCloseTo(1, 10);
    }
  });

  it('finds the four neighbours of the inner ones', () => {
    expect(cells[12]!.neighbours).toBe(4);
  });

  it('carries units through', () => {
    const physical = measureCells(labelComponents(discs), { pixelSize: { value: 0.5, unit: 'um' } });
    expect(physical.image.unit).toBe('um');
    expect(physical.image.equivalentDiameter).toBeCloseTo(15.83755632 / 2, 7);
    expect(physical.cells[0]!.area).toBe(197 / 4);
    expect(image.warnings.join()).toMatch(/pixel size is unknown/);
    expect(physical.image.warnings.join()).not.toMatch(/pixel size/);
  });
});

describe('walls', () => {
  it.each([1, 2, 3, 4, 5, 6, 7])('a straight wall of %i px has that width (METRICS)', (width) => {
    const halves = maskOf(60, 40, (x) => x < 25 || x >= 25 + width);
    const { image } = measureCells(labelComponents(halves));
    expect(image.wallWidth).toBeCloseTo(width, 9);
    expect(image.wallCompleteness).toBe(1);
  });

  it('a wall with a gap is covered in part, and its ends are free', () => {
    const labels = {
      ...maskOf(60, 40, () => true),
      data: Int32Array.from({ length: 2400 }, (_, i) => (i % 60 < 29 ? 1 : i % 60 > 30 ? 2 : 0)),
      count: 2,
    };
    const walls = maskOf(60, 40, (x, y) => x >= 29 && x <= 30 && (y < 10 || y >= 20));
    const { image } = measureCells(labels, { walls });
    expect(image.wallCompleteness).toBeCloseTo(0.75, 10);
    expect(image.freeWallEnds).toBe(2);
    expect(countFreeWallEnds(walls)).toBe(2);
  });

  it('an end is free only where its branch is long and no other wall is near', () => {
    const walls = maskOf(60, 40, (x, y) => (x === 30 && (y < 12 || y >= 20)) || (y === 25 && x >= 30 && x < 36));
    // Two ends at the gap of eight pixels, and a spur of five.
    expect(countFreeWallEnds(walls, { leastLength: 5 })).toBe(3);
    expect(countFreeWallEnds(walls, { leastLength: 7 })).toBe(1);
    expect(countFreeWallEnds(walls, { leastLength: 5, leastGap: 9 })).toBe(1);
  });
});

describe('walls that the border cuts', () => {
  it.each([0.2, 0.4, 0.6, 0.8, 1, 1.3])('have no free ends at a slope of %d', (slope) => {
    const slanted = (x: number, y: number): boolean => Math.abs(x - 30 - slope * (y - 20)) < 3;
    const walls = maskOf(90, 60, slanted);
    expect(countFreeWallEnds(walls, { leastLength: 13, leastGap: 10 })).toBe(0);
    const short = maskOf(90, 60, (x, y) => slanted(x, y) && y < 40);
    expect(countFreeWallEnds(short, { leastLength: 13, leastGap: 10 })).toBe(1);
  });
});

describe('edge corrections', () => {
  it('weights a 10×10 box in a 100×100 frame by 1.2076 (METRICS)', () => {
    const box = maskOf(100, 100, (x, y) => x >= 40 && x < 50 && y >= 30 && y < 40);
    expect(measureCells(labelComponents(box)).cells[0]!.weight).toBeCloseTo(1.2076, 4);
  });

  it('counts cells at the border half and leaves them out of sizes', () => {
    const mask = maskOf(40, 40, (x, y) => (x < 10 && y < 10) || (x >= 20 && x < 25 && y >= 20 && y < 25));
    const { image } = measureCells(labelComponents(mask));
    expect(image.cellCount).toBe(2);
    expect(image.cellCountCorrected).toBe(1.5);
    expect(image.equivalentDiameter).toBeCloseTo(Math.sqrt(100 / Math.PI), 10);
  });

  it('has no sizes when there is no cell, or only cells at the border', () => {
    const none = measureCells(labelComponents(maskOf(20, 20, () => false))).image;
    expect(none.cellCount).toBe(0);
    expect(none.equivalentDiameter).toBeNaN();
    expect(none.warnings.join()).toMatch(/no cell/);
    const all = measureCells(labelComponents(maskOf(20, 20, () => true))).image;
    expect(all.warnings.join()).toMatch(/every cell touches the border/);
  });
});

describe('vertices', () => {
  it('of a brick wall have three cells each and of a grid four', () => {
    const brick = (x: number, y: number): number => {
      const row = Math.floor(y / 20);
      return row * 10 + Math.floor((x + (row % 2) * 15) / 30) + 1;
    };
    const wall = {
      width: 120,
      height: 80,
      count: 40,
      data: Int32Array.from({ length: 9600 }, (_, i) => brick(i % 120, Math.floor(i / 120))),
    };
    const { image } = measureCells(wall);
    expect(image.vertexDegree).toBe(3);
    const grid = { ...wall, data: wall.data.map((_, i) => Math.floor((i % 120) / 20) + 6 * Math.floor(i / 2400) + 1) };
    expect(measureCells(grid).image.vertexDegree).toBe(4);
  });
});

describe('spatial statistics', () => {
  const stripes = maskOf(64, 64, (x) => x % 16 < 8);

  it('S2 of stripes is that of METRICS', () => {
    const s2 = twoPointAlong(stripes, 'x', { periodic: true, reach: 16 });
    expect([s2[0], s2[4], s2[8], s2[16]]).toEqual([0.5, 0.25, 0, 0.5]);
    expect(twoPointAlong(stripes, 'y', { reach: 9 })[9]).toBe(0.5);
  });

  it('radial S2 starts at the share and equals a count of pairs', () => {
    const mask = drawn(['##..', '.#.#', '#..#', '####']);
    const s2 = twoPointCorrelation(mask, { reach: 1 });
    expect(s2[0]).toBeCloseTo(10 / 16, 10);
    let [both, pairs] = [0, 0];
    for (let y = 0; y < 4; y++)
      for (let x = 0; x < 4; x++)
        for (const [dx, dy] of [
          [1, 0],
          [0, 1],
          [1, 1],
          [-1, 1],
        ] as const) {
          if (Math.round(Math.hypot(dx, dy)) !== 1 || x + dx < 0 || x + dx > 3 || y + dy > 3) continue;
          pairs++;
          both += mask.data[y * 4 + x]! * mask.data[(y + dy) * 4 + x + dx]!;
        }
    expect(s2[1]).toBeCloseTo(both / pairs, 10);
  });

  it('lineal path of stripes: rows allow sticks below 8 px, columns any', () => {
    const path = linealPath(stripes);
    expect(path[0]).toBe(0.5);
    expect(path[8]).toBeCloseTo(0.25, 10);
  });

  it('local thickness of a stripe is its width', () => {
    const stripe = maskOf(40, 30, (x) => x >= 10 && x < 17);
    const inside = localThickness(stripe).data.filter((v) => v > 0);
    expect(new Set(inside)).toEqual(new Set([7]));
    expect(poreSizeDistribution(stripe)).toEqual([{ diameter: 7, share: 1 }]);
  });

  it('chords of squares are their sides', () => {
    const squares = maskOf(40, 40, (x, y) => x % 20 > 5 && x % 20 < 16 && y % 20 > 5 && y % 20 < 16);
    expect(measureChords(labelComponents(squares)).mean).toBe(10);
  });

  it('Euler number counts holes', () => {
    expect(eulerNumber(drawn(['####', '#..#', '####']))).toBe(0);
    expect(eulerNumber(drawn(['#..', '.#.', '..#']))).toBe(1);
  });
});

describe('units and tables', () => {
  it('reads pixel sizes and refuses what is none', () => {
    expect(parsePixelSize('0.097um')).toEqual({ value: 0.097, unit: 'um' });
    expect(parsePixelSize('97 nm')).toEqual({ value: 97, unit: 'nm' });
    expect(parsePixelSize('1µm')).toEqual({ value: 1, unit: 'um' });
    expect(() => parsePixelSize('0.1umx0.2um')).toThrow(/square/);
    expect(() => parsePixelSize('0,1um')).toThrow(/such as 0.097um; with a point, not a comma$/);
    expect(() => parsePixelSize('0um')).toThrow(/more than 0/);
    expect(() => parsePixelSize('5000mm')).toThrow(/check the unit/);
    expect(() => parsePixelSize('fast')).toThrow(/such as 0.097um/);
  });

  it('quantiles follow the weights', () => {
    expect(weightedQuantile([3, 1, 2], [1, 1, 2], 0.5)).toBe(2);
    expect(weightedQuantile([], [], 0.5)).toBeNaN();
  });

  it('quotes fields and leaves NaN empty', () => {
    expect(
      toCsv(
        ['file', 'n'],
        [
          { file: 'a,b.png', n: 3 },
          { file: 'c', n: NaN },
        ],
      ),
    ).toBe('file,n\n"a,b.png",3\nc,\n');
  });
});
