import { measureCells, segmentCells } from '@plateau/cells';
import { describe, expect, it } from 'vitest';
import { honeycomb } from './honeycomb.js';

describe('segmentCells under noise that neighbouring pixels share', () => {
  // Its level is underestimated then, and its contours are longer than those of the walls: no cell was found in these.
  it.each([
    [48, 2, 0.7],
    [48, 6, 0.5],
    [64, 4, 1],
    [64, 6, 0.7],
  ])('finds cells %d px apart, with noise of %d grey levels and a grain of %d px', (pitch, noise, grain) => {
    const plain = segmentCells(honeycomb(3, 0.8, { noise: 0.5, pitch }));
    const { labels, walls } = segmentCells(honeycomb(3, 0.8, { noise, grain, pitch }));
    expect(plain.labels.count).toBe(pitch === 48 ? 45 : 29);
    expect(labels.count).toBe(plain.labels.count);
    expect(Math.abs(measureCells(labels, { walls }).image.wallWidth - 3)).toBeLessThan(0.2);
  });
});
