import { expect, test } from 'vitest';
import { describeInceptionV3, weightShapes } from '../src/index.js';
import { inferShapes } from '../src/network/infer-shapes.js';
import { convolutionsOf } from '../src/network/network.js';

const inception = describeInceptionV3({ variant: 'keras' });

test('has as many weights as Keras documents: 21,802,784 without the classifier', () => {
  const sizes = [...weightShapes(inception).values()].map((shape) => shape.reduce((a, b) => a * b, 1));
  expect(sizes.reduce((a, b) => a + b, 0)).toBe(21_802_784);
});

test('has 94 convolutions, each with a name of its own', () => {
  const names = convolutionsOf(inception).map(({ name }) => name);
  expect(names).toHaveLength(94);
  expect(new Set(names).size).toBe(94);
});

// Sizes from table 1 of Szegedy et al. 2016 (35, 17 and 8 pixels; 288, 768, 1280, 2048 channels).
test.each([
  ['stem.pool_1', 73, 64],
  ['stem.pool_2', 35, 192],
  ['mixed0', 35, 256],
  ['mixed1', 35, 288],
  ['mixed2', 35, 288],
  ['mixed3', 17, 768],
  ['mixed7', 17, 768],
  ['mixed8', 8, 1280],
  ['mixed9', 8, 2048],
  ['mixed10', 8, 2048],
  ['pool', 1, 2048],
])('%s is %d pixels wide and has %d channels', (name, side, channels) => {
  expect(inferShapes(inception).get(name)).toEqual({ height: side, width: side, channels });
});

test('refuses another variant', () => {
  expect(() => describeInceptionV3({ variant: 'slim' as 'keras' })).toThrow(
    new RangeError("unknown InceptionV3 variant 'slim': expected 'keras' or 'fid'"),
  );
});
