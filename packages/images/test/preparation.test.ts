import { describe, expect, it } from 'vitest';
import { applyWindow, cropImages, resizeBilinear, type ImageBatch } from '../src/index.js';

const grey = (height: number, width: number, values: number[]): ImageBatch => ({
  data: Uint8Array.from(values),
  count: values.length / (height * width),
  height,
  width,
  channels: 1,
  range: [0, 255],
});

// Expected values by hand, from the positions i · scale and (i + ½) · scale − ½; against other implementations the resize is
// tested in packages/features, whose tests have some.
describe('resizeBilinear', () => {
  const step = grey(1, 2, [0, 200]);

  it.each([
    ['corners', [0, 100, 200, 200]],
    ['centres', [0, 50, 150, 200]],
  ] as const)('takes positions from %s', (positions, expected) => {
    expect(Array.from(resizeBilinear(step, { height: 1, width: 4, positions }).data)).toEqual(expected);
  });

  it.each([
    ['corners', [0, 20]],
    ['centres', [5, 25]],
  ] as const)('does not antialias when it shrinks (%s)', (positions, expected) => {
    const ramp = grey(1, 4, [0, 10, 20, 30]);
    expect(Array.from(resizeBilinear(ramp, { height: 1, width: 2, positions }).data)).toEqual(expected);
  });

  it.each(['corners', 'centres'] as const)('leaves an image of the wanted size as it is (%s)', (positions) => {
    const image = grey(2, 3, [1, 20, 3, 40, 5, 60]);
    expect(Array.from(resizeBilinear(image, { height: 2, width: 3, positions }).data)).toEqual([1, 20, 3, 40, 5, 60]);
  });

  it('treats rows as columns, images and channels by themselves, and scales other ranges first', () => {
    const deep: ImageBatch = {
      data: Uint16Array.of(0, 65535, 0, 0, 0, 65535, 257, 257, 257, 257, 257, 257),
      count: 2,
      height: 2,
      width: 1,
      channels: 3,
      range: [0, 65535],
    };
    const resized = resizeBilinear(deep, { height: 3, width: 1, positions: 'centres' });
    expect(resized).toMatchObject({ count: 2, height: 3, width: 1, channels: 3, range: [0, 255] });
    const expected = [0, 255, 0, 0, 127.5, 127.5, 0, 0, 255, ...new Array<number>(9).fill(1)];
    expected.forEach((value, i) => expect(resized.data[i]).toBeCloseTo(value, 4));
  });

  it('refuses a side that is no whole number', () => {
    expect(() => resizeBilinear(step, { height: 1.5, width: 2, positions: 'centres' })).toThrow('height is 1.5');
  });
});

describe('cropImages', () => {
  const two = grey(3, 2, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);

  it('cuts an information bar off every image', () => {
    expect(cropImages(two, { bottom: 1 })).toEqual({ ...two, height: 2, data: Uint8Array.of(1, 2, 3, 4, 7, 8, 9, 10) });
  });

  it('cuts all sides, with the channels of a pixel together', () => {
    const rgb: ImageBatch = { ...two, count: 1, height: 2, width: 2, channels: 3 };
    const cropped = cropImages(rgb, { top: 1, left: 1 });
    expect(Array.from(cropped.data)).toEqual([10, 11, 12]);
  });

  it('refuses margins that leave nothing, or make no sense', () => {
    expect(() => cropImages(two, { top: 2, bottom: 1 })).toThrow('leave nothing of 2×3');
    expect(() => cropImages(two, { left: -1 })).toThrow('left is -1, expected a whole number of 0 or more');
  });
});

describe('applyWindow', () => {
  it('stretches the window and clips the rest', () => {
    const deep: ImageBatch = { ...grey(1, 3, [0, 0, 0]), data: Uint16Array.of(900, 2000, 5000), range: [0, 65535] };
    const windowed = applyWindow(deep, [1000, 3000]);
    expect(Array.from(windowed.data)).toEqual([0, 127.5, 255]);
    expect(windowed.range).toEqual([0, 255]);
  });

  it.each([[[5, 5]], [[9, 2]], [[0, NaN]]] as const)('refuses the window %j', (window) => {
    expect(() => applyWindow(grey(1, 1, [0]), window)).toThrow(/expected \[low, high\] with low below high/);
  });
});
