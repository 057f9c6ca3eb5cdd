// The kernels are held against the plain loops that do the same work where WebAssembly is missing.
import { gaussianBlur, squaredDistance, type Mask } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { plainBlur } from '../src/raster/plain-blur.js';
import { plainSquaredDistance } from '../src/raster/plain-distance.js';

const sizes = [
  [1, 1],
  [1, 7],
  [9, 1],
  [5, 6],
  [64, 33],
  [131, 40],
] as const;

describe.each(sizes)('on %i×%i pixels', (width, height) => {
  it.each([0.4, 1.25, 2, 9])('a blur of σ = %f is the plain one to the last bit', (sigma) => {
    const data = Float32Array.from(new RandomState(7).randn(width * height), (value) => 40 * value + 128);
    const half = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
    const sum = half.reduce((total, value, k) => total + (k === 0 ? value : 2 * value), 0);
    const kernel = half.map((value) => value / sum);
    expect(gaussianBlur({ data, width, height }, sigma).data).toEqual(plainBlur(data.slice(), width, height, kernel));
  });

  it.each([-3, -2, 0, 1])('distances are the plain ones where pixels above %i deviations lie inside', (level) => {
    const noise = new RandomState(8).randn(width * height);
    const mask: Mask = { data: Uint8Array.from(noise, (value) => (value > level ? 1 : 0)), width, height };
    expect(squaredDistance(mask)).toEqual(plainSquaredDistance(mask));
  });
});

it('distances of more than 64 pixels, which are searched for otherwise, are the plain ones', () => {
  const [width, height] = [301, 40];
  const mask: Mask = { data: new Uint8Array(width * height).fill(1), width, height };
  for (const i of [5, 20 * width + 210, 39 * width + 300]) mask.data[i] = 0;
  expect(squaredDistance(mask)).toEqual(plainSquaredDistance(mask));
});
