import {
  contourLevel,
  findBubbles,
  floodBasins,
  gaussianBlur,
  largestPieces,
  measureCells,
  mergeBasins,
  nearestOutside,
  segmentCells,
  squaredDistance,
  type LabelMap,
} from '@plateau/cells';
import { foamImage } from '@plateau/foam';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { maskOf } from './raster.js';

describe('floodBasins', () => {
  const relief = (...data: number[]) => ({ data: Int32Array.from(data), width: data.length, height: 1 });

  it('keeps basins that are h deep and joins others to the deeper one', () => {
    expect([...floodBasins(relief(0, 9, 1, 2, 1), 3).data]).toEqual([1, 1, 2, 2, 2]);
    expect(floodBasins(relief(0, 2, 1, 9, 5), 3).count).toBe(2);
    expect(floodBasins(relief(0, 2, 1, 9, 5), 5).count).toBe(1);
    expect(floodBasins(relief(4, 4, 4), 1).count).toBe(1);
  });

  it('has as many basins as the image has holes deeper than h, whatever h', () => {
    const noise = new RandomState(3).randn(40 * 30);
    const image = { data: Int32Array.from(noise, (value) => Math.round(100 * value)), width: 40, height: 30 };
    const counts = [1, 50, 150, 400, 2000].map((h) => floodBasins(image, h).count);
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(counts.at(-1)).toBe(1);
    expect(floodBasins(image, 50).data.every((label) => label > 0)).toBe(true);
  });

  it('refuses heights that are too far apart', () => {
    expect(() => floodBasins(relief(0, 70000), 1)).toThrow(/70000 apart, expected at most 65535/);
  });
});

describe('mergeBasins', () => {
  it('joins across a border without evidence and keeps one with it', () => {
    const basins: LabelMap = { data: Int32Array.of(1, 1, 2, 2, 3, 3), width: 6, height: 1, count: 3 };
    const evidence = { data: Float32Array.of(0, 0.1, 0, 0.9, 0.2, 0), width: 6, height: 1 };
    expect([...mergeBasins(basins, evidence, 0.5).data]).toEqual([1, 1, 1, 1, 2, 2]);
    expect(mergeBasins(basins, evidence, 0).count).toBe(3);
    expect(mergeBasins(basins, evidence, 1).count).toBe(1);
  });
});

describe('contourLevel', () => {
  it('is half-way between two phases, whatever their shares', () => {
    for (const share of [0.15, 0.5, 0.85]) {
      const drawn = {
        data: Float32Array.from({ length: 6400 }, (_, i) => (i % 80 < 80 * share ? 60 : 180)),
        width: 80,
        height: 80,
      };
      expect(Math.abs(contourLevel(gaussianBlur(drawn, 1.2)) - 120)).toBeLessThanOrEqual(20);
    }
  });
});

describe('nearestOutside', () => {
  it('names a pixel outside at exactly the squared distance', () => {
    const noise = new RandomState(1).randn(50 * 37);
    const mask = { data: Uint8Array.from(noise, (value) => (value < 1.9 ? 1 : 0)), width: 50, height: 37 };
    const { nearest, squared } = nearestOutside(mask);
    expect(squared).toEqual(squaredDistance(mask).data);
    nearest.forEach((site, i) => {
      const [dx, dy] = [(site % 50) - (i % 50), Math.floor(site / 50) - Math.floor(i / 50)];
      expect([mask.data[site], dx * dx + dy * dy]).toEqual([0, squared[i]]);
    });
  });
});

describe('largestPieces', () => {
  it('drops the lesser piece of a territory and fills the island in its cell', () => {
    const territories: LabelMap = { data: new Int32Array(81).fill(1), width: 9, height: 9, count: 1 };
    // A ring around one pixel of wall, and a speck.
    const { data } = maskOf(
      9,
      9,
      (x, y) => (x >= 1 && x <= 3 && y >= 1 && y <= 3 && !(x === 2 && y === 2)) || (x === 7 && y === 7),
    );
    const found = largestPieces(territories, data).data;
    expect(found[2 * 9 + 2]).toBe(1);
    expect(found[7 * 9 + 7]).toBe(0);
    expect(found.reduce((sum, label) => sum + label, 0)).toBe(9);
  });
});

describe('segmentCells on synthetic micrographs', () => {
  it.each(['pristine', 'graphene-low', 'nanoclay'])(
    '%s: count, size and wall width are near the truth',
    (className) => {
      const size = 256;
      const { image, truth } = foamImage({ className, seed: 61, size, pixelSize: { value: 4, unit: 'um' } });
      const { labels, walls, choices } = segmentCells({ data: image.data, width: size, height: size });
      expect(choices.polarity).toBe('bright-walls');
      expect(Math.abs(labels.count / truth.cellCount - 1)).toBeLessThan(0.08);
      const exact = measureCells({ data: truth.labels, width: size, height: size, count: truth.cellCount }).image;
      const found = measureCells(labels, { walls }).image;
      expect(Math.abs(found.equivalentDiameter / exact.equivalentDiameter - 1)).toBeLessThan(0.04);
      expect(Math.abs(found.wallWidth - truth.wallWidthPixels)).toBeLessThan(0.5);
      expect(Math.abs(exact.wallWidth / truth.wallWidthPixels - 1)).toBeLessThan(0.03);
    },
  );
});

describe('findBubbles', () => {
  it('finds rings, and not the liquid between them', () => {
    const bubbles = [
      [30, 30, 18],
      [70, 34, 14],
      [48, 68, 15],
      [86, 74, 20],
      [22, 84, 10],
    ] as const;
    const data = Float32Array.from({ length: 120 * 110 }, (_, i) => {
      const [x, y] = [i % 120, Math.floor(i / 120)];
      const rim = Math.min(...bubbles.map(([cx, cy, r]) => Math.abs(Math.hypot(x - cx, y - cy) - r)));
      return 240 - 150 * Math.exp(-(rim * rim) / 2);
    });
    const { labels, enlarged } = findBubbles({ data, width: 120, height: 110 });
    expect(enlarged).toBe(2);
    expect(labels.count).toBe(bubbles.length);
    for (const [x, y] of bubbles) expect(labels.data[y * 120 + x]).toBeGreaterThan(0);
    expect(labels.data[50 * 120 + 50]).toBe(0);
  });
});
