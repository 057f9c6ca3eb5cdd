import {
  gaussianBlur,
  informationBarHeight,
  labelComponents,
  measureCells,
  parsePixelSize,
  segmentCells,
  drawOverlay,
  type Raster,
} from '@plateau/cells';
import { foamImage } from '@plateau/foam';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { brightGround } from '../src/segmentation/bright-ground.js';
import { linePolarity } from '../src/segmentation/line-polarity.js';
import { cellSpread } from '../src/segmentation/cell-spread.js';
import { lineScale } from '../src/segmentation/line-scale.js';
import { maskOf } from './raster.js';

/** The exact cut of a synthetic foam, with the noise, defocus and slope of a micrograph. */
function cut(seed: number, { dark = false, noise = 10 } = {}) {
  const size = 256;
  const { truth } = foamImage({ className: 'pristine', seed, index: 0, size, pixelSize: { value: 4, unit: 'um' } });
  const drawn = Float32Array.from(truth.labels, (label, i) => (label === 0 ? 180 : 80) + (30 * (i % size)) / size);
  const blurred = gaussianBlur({ data: drawn, width: size, height: size }, 0.7).data;
  const grains = new RandomState(seed).randn(size * size);
  const data = Uint8Array.from(blurred, (value, i) => {
    const noisy = Math.min(Math.max(value + noise * grains[i]!, 0), 255);
    return dark ? 255 - noisy : noisy;
  });
  return { image: { data, width: size, height: size }, truth };
}

describe('segmentCells on the exact cut of a synthetic foam', () => {
  it.each([1, 2, 3])('finds the cells and their sizes, seed %#', (seed) => {
    const { image, truth } = cut(seed);
    const { labels, choices, walls } = segmentCells(image);
    expect(choices.polarity).toBe('bright-walls');
    expect(choices.walls).toBe('bands');
    expect(Math.abs(labels.count - truth.cellCount)).toBeLessThanOrEqual(2);
    const exact = measureCells({ data: truth.labels, width: 256, height: 256, count: truth.cellCount }).image;
    const found = measureCells(labels, { walls }).image;
    expect(found.equivalentDiameter / exact.equivalentDiameter).toBeCloseTo(1, 1);
    expect(Math.abs(found.wallWidth - truth.wallWidthPixels)).toBeLessThan(0.7);
  });

  it('counts the slivers too that the border leaves of cells', () => {
    // Smoothed as textured walls are, 1.7 % are missed.
    const seeds = Array.from({ length: 8 }, (_, k) => 20 + k);
    const errors = seeds.map((seed) => {
      const { image, truth } = cut(seed);
      return Math.abs(segmentCells(image).labels.count / truth.cellCount - 1);
    });
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.01);
  });

  it('finds the same cells when the contrast is inverted', () => {
    const [bright, dark] = [segmentCells(cut(1).image), segmentCells(cut(1, { dark: true }).image)];
    expect(dark.choices.polarity).toBe('dark-walls');
    expect(Math.abs(dark.labels.count - bright.labels.count)).toBeLessThanOrEqual(1);
  });

  it.each(['flame-retardant', 'glass-microspheres'])(
    'takes no %s with dark walls for bubbles in liquid',
    (className) => {
      const size = 256;
      const { image } = foamImage({ className, seed: 31, size, pixelSize: { value: 4, unit: 'um' } });
      const bright = segmentCells({ data: image.data, width: size, height: size });
      const dark = segmentCells({ data: image.data.map((value) => 255 - value), width: size, height: size });
      expect(dark.choices.polarity).toBe('dark-walls');
      expect(dark.choices.liquid).toBe(false);
      expect(Math.abs(dark.labels.count - bright.labels.count)).toBeLessThanOrEqual(2);
    },
  );

  it('takes a polarity that is given', () => {
    expect(segmentCells(cut(1).image, { polarity: 'dark-walls' }).choices.polarity).toBe('dark-walls');
  });

  it('is the same each time', () => {
    expect(segmentCells(cut(2).image)).toEqual(segmentCells(cut(2).image));
  });
});

describe('segmentCells where walls are a small part of the image', () => {
  it.each([8, 12])('finds every cell of a lattice through noise of %i grey levels', (noise) => {
    const [pitch, size, width] = [64, 384, 3];
    const grains = new RandomState(noise).randn(size * size);
    const isWall = (at: number): boolean => (at + pitch / 2) % pitch < width;
    const drawn = Float32Array.from({ length: size * size }, (_, i) =>
      isWall(i % size) || isWall(Math.floor(i / size)) ? 180 : 70,
    );
    const { data } = gaussianBlur({ data: drawn, width: size, height: size }, 0.8);
    const noisy = data.map((value, i) => Math.min(Math.max(value + noise * grains[i]!, 0), 255));
    // Five whole cells a side, and two that the border cuts.
    expect(segmentCells({ data: noisy, width: size, height: size }).labels.count).toBe(7 * 7);
  });
});

describe('segmentCells through noise', () => {
  it('does not widen walls: noise pricks their outline from both sides', () => {
    const [pitch, size, width] = [40, 320, 4];
    const grains = new RandomState(6).randn(size * size);
    const isWall = (at: number): boolean => (at + pitch / 2) % pitch < width;
    const drawn = Float32Array.from({ length: size * size }, (_, i) =>
      isWall(i % size) || isWall(Math.floor(i / size)) ? 180 : 70,
    );
    const { data } = gaussianBlur({ data: drawn, width: size, height: size }, 0.8);
    const noisy = data.map((value, i) => Math.min(Math.max(value + 25 * grains[i]!, 0), 255));
    const { labels, walls } = segmentCells({ data: noisy, width: size, height: size });
    const { wallWidth, equivalentDiameter } = measureCells(labels, { walls }).image;
    // Drawn: walls of 4 px, squares of 36 px.
    expect(Math.abs(wallWidth - 4)).toBeLessThan(0.2);
    expect(equivalentDiameter / (36 * Math.sqrt(4 / Math.PI))).toBeCloseTo(1, 2);
  });
});

describe('segmentCells between thin lines', () => {
  it('counts a lattice of cells by the watershed of the smoothed image', () => {
    const [pitch, size] = [16, 256];
    const noise = new RandomState(4).randn(size * size);
    const shaded = Float32Array.from({ length: size * size }, (_, i) => {
      const [x, y] = [i % size, Math.floor(i / size)];
      const row = Math.floor(y / pitch);
      const isWall = y % pitch === 0 || (x + (row % 2) * 8) % pitch === 0;
      return (isWall ? 100 : 130) + 10 * Math.sin(x / 60) + 4 * noise[i]!;
    });
    const { labels, choices } = segmentCells(gaussianBlur({ data: shaded, width: size, height: size }, 1), {
      walls: 'lines',
    });
    expect(choices.polarity).toBe('dark-walls');
    expect(choices.pitch).toBeGreaterThan(13);
    expect(choices.pitch).toBeLessThan(20);
    expect(labels.count).toBeGreaterThan(250);
    expect(labels.count).toBeLessThan(285);
  });
});

describe('brightGround', () => {
  it('is the share of the pixels near the brightest level', () => {
    // Of 100 pixels 60 are at the top and 40 far below; a quarter of the deviation of 49 reaches down to 188.
    const levels = Uint8Array.from({ length: 100 }, (_, i) => (i < 30 ? 200 : i < 60 ? 190 : 100));
    expect(brightGround(levels, 49)).toBe(0.6);
    expect(brightGround(levels, 20)).toBe(0.3);
  });

  it('leaves the brightest hundredth out of account', () => {
    const levels = Uint8Array.from({ length: 1000 }, (_, i) => (i < 5 ? 255 : i < 500 ? 180 : 60));
    expect(brightGround(levels, 60)).toBe(0.5);
  });
});

describe('cellSpread', () => {
  const levels = (cells: (i: number) => number) =>
    Uint8Array.from({ length: 1000 }, (_, i) => (i < 200 ? 180 : cells(i)));

  it('is near 0 where cells have one level, on either side of the walls', () => {
    const even = levels(() => 60);
    expect(cellSpread(even, 120, 'bright-walls')).toBeLessThan(0.005);
    expect(
      cellSpread(
        even.map((level) => 255 - level),
        134,
        'dark-walls',
      ),
    ).toBeLessThan(0.005);
  });

  it('is the standard deviation of levels that differ, over the contrast, and the same when inverted', () => {
    const normal = new RandomState(1).randn(1000);
    const various = levels((i) => 80 + 20 * normal[i]!);
    const spread = cellSpread(various, 150, 'bright-walls');
    expect(spread).toBeCloseTo(0.2, 1.5);
    expect(
      cellSpread(
        various.map((level) => 255 - level),
        104,
        'dark-walls',
      ),
    ).toBeCloseTo(spread, 10);
  });
});

describe('linePolarity', () => {
  it.each([8, 12, 20])('tells dark from bright lines in a lattice of %i pixels', (pitch) => {
    const lattice = Float32Array.from({ length: 96 * 96 }, (_, i) =>
      (i % 96) % pitch === 0 || Math.floor(i / 96) % pitch === 0 ? 90 : 130,
    );
    const { data } = gaussianBlur({ data: lattice, width: 96, height: 96 }, 1);
    const found = (of: Float32Array) => {
      const image = { data: of, width: 96, height: 96 };
      return linePolarity(image, lineScale(image));
    };
    expect(found(data).polarity).toBe('dark-walls');
    const inverse = found(data.map((value) => 255 - value));
    expect(inverse.polarity).toBe('bright-walls');
    expect(inverse.ratio).toBeCloseTo(found(data).ratio, 3);
    expect(inverse.ratio).toBeGreaterThan(2);
  });

  it('sees dark lines among bright specks, whose response is the more skewed one', () => {
    const size = 128;
    const specks = new RandomState(3).randomSample(size * size);
    const drawn = Float32Array.from(specks, (value, i) => {
      const isLine = (i % size) % 16 === 0 || Math.floor(i / size) % 16 === 0;
      return isLine ? 100 : value < 0.01 ? 400 : 130;
    });
    const image = gaussianBlur({ data: drawn, width: size, height: size }, 1.2);
    expect(linePolarity(image, lineScale(image)).polarity).toBe('dark-walls');
  });
});

describe('bad images', () => {
  const of = (value: (i: number) => number, side = 64): Raster<Uint8Array> => ({
    data: Uint8Array.from({ length: side * side }, (_, i) => value(i)),
    width: side,
    height: side,
  });

  it.each([
    ['blank', 0],
    ['grey', 128],
    ['saturated', 255],
  ])('%s: no cell, and says so', (_, value) => {
    const { labels, warnings } = segmentCells(of(() => value));
    expect(labels.count).toBe(0);
    expect(warnings.join()).toMatch(/no contrast/);
    expect(measureCells(labels).image.cellCount).toBe(0);
  });

  it('one pixel, one row and noise give an answer', () => {
    expect(segmentCells({ data: [3], width: 1, height: 1 }).labels.count).toBe(0);
    expect(() => segmentCells({ data: [3, 200, 3], width: 3, height: 1 })).not.toThrow();
    const noise = new RandomState(0).randn(64 * 64);
    expect(() => segmentCells(of((i) => Math.min(Math.max(128 + 40 * noise[i]!, 0), 255)))).not.toThrow();
  });

  it('refuses values without a grey level and sizes that do not fit', () => {
    expect(() => segmentCells({ data: [1, NaN], width: 2, height: 1 })).toThrow(/pixel 1 is NaN, expected 0 to 255/);
    expect(() => segmentCells({ data: [1, 2], width: 3, height: 1 })).toThrow(/2 values were given for 3×1/);
    expect(() => parsePixelSize('')).toThrow(/expected a number/);
  });

  it('an exposure beyond the scale is told, a drawing in black and white is not', () => {
    const { image } = cut(1);
    const overexposed = { ...image, data: image.data.map((value) => Math.min(255, 2 * value)) };
    const white = overexposed.data.filter((value) => value === 255).length;
    const tenths = Math.floor((10 * white) / image.data.length);
    expect(tenths).toBeGreaterThanOrEqual(1);
    expect(segmentCells(overexposed).warnings.join()).toContain(
      `at least ${10 * tenths} % of the pixels are at 255 (white)`,
    );
    const black = { ...image, data: overexposed.data.map((value) => 255 - value) };
    expect(segmentCells(black).warnings.join()).toContain(`at least ${10 * tenths} % of the pixels are at 0 (black)`);
    expect(segmentCells(image).warnings.join()).not.toContain('clipped');
    const drawn = { ...image, data: image.data.map((value) => (value > 140 ? 255 : 0)) };
    expect(segmentCells(drawn).warnings.join()).not.toContain('clipped');
  });

  it('leaves an information bar out', () => {
    const { image } = cut(1);
    const withBar = Uint8Array.from(image.data, (value, i) => (i < 226 * 256 ? value : i % 97 < 9 ? 255 : 0));
    expect(informationBarHeight({ ...image, data: withBar })).toBe(30);
    const { labels, warnings } = segmentCells({ ...image, data: withBar });
    expect(labels.data.subarray(226 * 256).every((label) => label === 0)).toBe(true);
    expect(warnings.join()).toMatch(/lowest 30 rows/);
    expect(informationBarHeight(image)).toBe(0);
  });
});

describe('drawOverlay', () => {
  it('draws outlines of whole and cut cells in their colours', () => {
    const labels = labelComponents(maskOf(20, 20, (x, y) => (x > 4 && x < 12 && y > 4 && y < 12) || x > 15));
    const rgb = drawOverlay({ ...labels, data: new Uint8Array(400).fill(50) }, labels);
    expect([...rgb.subarray(3 * (5 * 20 + 5), 3 * (5 * 20 + 5) + 3)]).toEqual([40, 220, 60]);
    expect([...rgb.subarray(3 * 16, 3 * 16 + 3)]).toEqual([60, 120, 255]);
    expect([...rgb.subarray(3 * (8 * 20 + 8), 3 * (8 * 20 + 8) + 3)]).toEqual([50, 50, 50]);
  });
});
