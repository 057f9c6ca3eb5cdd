import { measureCells, segmentCells, type Raster } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { removeSpecks } from '../src/raster/remove-specks.js';
import { honeycomb } from './honeycomb.js';

describe('removeSpecks', () => {
  const bed = (marked: Record<number, number>): Raster => ({
    data: Float32Array.from({ length: 49 }, (_, i) => marked[i] ?? 100 + (i % 3)),
    width: 7,
    height: 7,
  });

  it('replaces a pixel that stands out from all around it by their median', () => {
    const image = bed({ 16: 200, 32: 0 });
    expect(removeSpecks(image, 1)).toBe(2);
    // Around both lie three columns of 100, 101 and 102, the middle one without its middle.
    expect([image.data[16], image.data[32]]).toEqual([101, 101]);
  });

  it('leaves pairs, the border, and what is low beside the noise', () => {
    const image = bed({ 16: 200, 17: 200, 3: 200, 37: 130 });
    const before = image.data.slice();
    expect(removeSpecks(image, 6)).toBe(0);
    expect(image.data).toEqual(before);
    expect(removeSpecks(image, 1)).toBe(1);
  });
});

describe('segmentCells of images with dead and hot pixels', () => {
  it('finds the cells between walls of less contrast than these have', () => {
    const { data, ...size } = honeycomb(3, 0.8, { noise: 2, pitch: 48 });
    const chance = new RandomState(5).randn(data.length);
    const faint = data.map((level, i) => (chance[i]! > 2.65 ? 255 : chance[i]! < -2.65 ? 0 : 60 + 0.4 * level));
    const { labels, walls, choices } = segmentCells({ data: faint, ...size });
    expect(labels.count).toBe(45);
    expect(Math.abs(measureCells(labels, { walls }).image.wallWidth - 3)).toBeLessThan(0.3);
    expect(choices.specks).toBeGreaterThan(300);
  });
});
