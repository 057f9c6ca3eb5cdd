import { describe, expect, it } from 'vitest';
import { FOAM_CLASSES, foamImage } from '../src/index.js';

const names = FOAM_CLASSES.map(({ name }) => name);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('foamImage', () => {
  it('gives the value of its example', () => {
    expect(foamImage({ className: 'pristine', seed: 1, size: 64 }).truth.cellCount).toBe(10);
  });

  it('gives the same image for the same options, and another for another seed, index or class', () => {
    const options = { className: 'carbon-black', seed: 3, index: 2, size: 48 };
    const { image, truth } = foamImage(options);
    expect(foamImage(options)).toEqual({ image, truth });
    for (const other of [{ seed: 4 }, { index: 3 }, { className: 'nanoclay' }]) {
      expect(foamImage({ ...options, ...other }).image.data).not.toEqual(image.data);
    }
  });

  it.each(names)('is a grey 8-bit image that uses the range and rarely meets its ends: %s', (className) => {
    const { image } = foamImage({ className, size: 96 });
    expect(image).toMatchObject({ count: 1, height: 96, width: 96, channels: 1, range: [0, 255] });
    const sorted = Array.from(image.data).sort((a, b) => a - b);
    expect(sorted[Math.floor(0.95 * sorted.length)]! - sorted[Math.floor(0.05 * sorted.length)]!).toBeGreaterThan(70);
    expect(image.data.filter((value) => value === 0 || value === 255).length / sorted.length).toBeLessThan(0.03);
  });

  it.each(names)('shows walls brighter than cells: %s', (className) => {
    const { image, truth } = foamImage({ className, size: 128, pixelSize: { value: 5, unit: 'um' } });
    const greys = (isWall: boolean): number[] =>
      Array.from(image.data).filter((_, i) => (truth.labels[i] === 0) === isWall);
    expect(mean(greys(true)) - mean(greys(false))).toBeGreaterThan(35);
  });

  it('differs between classes as their parameters say', () => {
    // 8 images of 200 px: some hundred cells a class and more.
    const measured = FOAM_CLASSES.map((kind) => {
      const truths = Array.from(
        { length: 8 },
        (_, index) => foamImage({ className: kind.name, index, size: 200 }).truth,
      );
      const whole = truths.flatMap(({ cells }) => cells.filter(({ touchesBorder }) => !touchesBorder));
      return {
        kind,
        wallWidth: mean(truths.map(({ wallWidth }) => wallWidth.value)),
        windowsPerCell: mean(whole.map(({ openWindows }) => openWindows)),
        cellsPerImage: mean(truths.map(({ cellCount }) => cellCount)),
      };
    });
    for (const { kind, wallWidth, cellsPerImage } of measured) {
      // 8 images whose means vary by 7 %: three standard errors are 7.4 %.
      expect(Math.abs(wallWidth / kind.wallWidth - 1), kind.name).toBeLessThan(0.075);
      // The image, and a rim of half a cell around it, hold one cell an average cell's area.
      const expected = (1600 + kind.cellDiameter * 0.75) ** 2 / ((Math.PI / 4) * kind.cellDiameter ** 2);
      expect(Math.abs(cellsPerImage / expected - 1), kind.name).toBeLessThan(0.2);
    }
    const byWindows = [...measured].sort((a, b) => a.windowsPerCell - b.windowsPerCell).map(({ kind }) => kind.name);
    expect(byWindows.at(0)).toBe('nanoclay');
    expect(byWindows.at(-1)).toBe('flame-retardant');
  });

  it('magnifies: at half the pixel size a quarter of the cells are seen, with walls twice as many pixels wide', () => {
    const at = (value: number) =>
      Array.from({ length: 6 }, (_, index) =>
        foamImage({ className: 'pristine', index, size: 200, pixelSize: { value, unit: 'um' } }),
      ).map(({ truth }) => truth);
    const [coarse, fine] = [at(10), at(5)];
    expect(mean(fine.map((t) => t.wallWidthPixels)) / mean(coarse.map((t) => t.wallWidthPixels))).toBeCloseTo(2, 0);
    expect(mean(fine.map((t) => t.wallWidth.value)) / mean(coarse.map((t) => t.wallWidth.value))).toBeCloseTo(1, 0);
    expect(mean(fine.map((t) => t.cellCount)) / mean(coarse.map((t) => t.cellCount))).toBeLessThan(0.4);
  });

  it('takes pixel sizes in any unit', () => {
    const um = foamImage({ className: 'pristine', size: 32, pixelSize: { value: 8, unit: 'um' } });
    expect(foamImage({ className: 'pristine', size: 32, pixelSize: { value: 8000, unit: 'nm' } })).toEqual(um);
    expect(foamImage({ className: 'pristine', size: 32 })).toEqual(um);
  });

  it('refuses in one line what can not be', () => {
    const make = (options: object) => () => foamImage({ className: 'pristine', ...options });
    expect(make({ className: 'graphite' })).toThrow(
      'no foam class graphite; the classes are pristine, graphene-low, graphene-high, carbon-black, glass-microspheres, nanoclay, flame-retardant',
    );
    expect(make({ seed: -1 })).toThrow('seed is -1, expected a whole number of 0 or more');
    expect(make({ index: 0.5 })).toThrow('index is 0.5');
    expect(make({ size: 8 })).toThrow('size is 8, expected a whole number of 16 or more');
    expect(make({ pixelSize: { value: 1, unit: 'px' } })).toThrow('pixelSize is in px, expected nm, um or mm');
    expect(make({ pixelSize: { value: 0, unit: 'um' } })).toThrow('pixelSize is 0 um, expected a positive length');
    expect(make({ pixelSize: { value: 1, unit: 'mm' } })).toThrow(
      'pixels of 1000 µm are too coarse for pristine, whose cells measure 210 µm; expected 35 µm or finer',
    );
  });
});
