import { expect, test } from 'vitest';
import { describeInceptionV3, networkUpTo } from '../src/index.js';
import { inferShapes } from '../src/network/infer-shapes.js';

const inception = describeInceptionV3({ variant: 'keras' });

test('the whole network up to its pool is the network', () => {
  expect(networkUpTo(inception, 'pool')).toEqual(inception);
});

test('a block in the middle is averaged over the image and needs nothing that comes later', () => {
  const part = networkUpTo(inception, 'mixed7');
  expect(inferShapes(part).get(part.output)).toEqual({ height: 1, width: 1, channels: 768 });
  expect(part.nodes.map(({ name }) => name).filter((name) => /^mixed(8|9|10)/.test(name))).toEqual([]);
});

test('a branch does not bring its neighbours', () => {
  const part = networkUpTo(inception, 'mixed0.branch1x1');
  expect(part.nodes.map(({ name }) => name).filter((name) => name.startsWith('mixed'))).toEqual([
    'mixed0.branch1x1',
    'mixed0.branch1x1.average',
  ]);
});

test('an unknown layer is refused with those that there are', () => {
  expect(() => networkUpTo(inception, 'mixed11')).toThrow(RangeError);
  expect(() => networkUpTo(inception, 'mixed11')).toThrow(/no layer 'mixed11'.*mixed0,.*mixed10, pool/);
});

test('the image itself is no layer', () => {
  expect(() => networkUpTo(inception, 'image')).toThrow("no layer 'image'");
});
