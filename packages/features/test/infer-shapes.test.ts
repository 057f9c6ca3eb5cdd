import { describe, expect, test } from 'vitest';
import type { Network, NetworkNode } from '../src/index.js';
import { inferShapes, paddingOf } from '../src/network/infer-shapes.js';
import { input, network } from './small-networks.js';

// TensorFlow's documentation of SAME: total = max((⌈in / stride⌉ − 1)·stride + size − in, 0), half of it first, rounded down.
describe('padding', () => {
  test.each([
    ['an odd window is symmetric', 8, { size: 3, stride: 1 }, [1, 1]],
    ['what is odd goes to the end', 8, { size: 3, stride: 2 }, [0, 1]],
    ['an odd extent at stride 2', 7, { size: 3, stride: 2 }, [1, 1]],
    ['a window smaller than the stride needs none', 4, { size: 1, stride: 2 }, [0, 0]],
  ] as const)('%s', (_, extent, window, expected) => {
    expect(paddingOf(extent, { ...window, padding: 'same' })).toEqual(expected);
  });

  test('valid never pads', () => {
    expect(paddingOf(8, { size: 3, stride: 2, padding: 'valid' })).toEqual([0, 0]);
  });
});

describe('a network that makes no sense is refused', () => {
  const pool = (name: string, from: string, size = 2): NetworkNode => ({
    kind: 'max-pool',
    name,
    input: from,
    size,
    stride: 1,
    padding: 'valid',
  });
  test.each<[string, Network, string]>([
    ['a name used twice', network([input(4), pool('a', 'image'), pool('a', 'image')], 'a'), "two nodes called 'a'"],
    ['a node read before it exists', network([input(4), pool('a', 'b'), pool('b', 'image')], 'b'), "'a' reads 'b'"],
    ['a window larger than its image', network([input(4), pool('a', 'image', 5)], 'a'), 'a 5×5 window over 4×4'],
    [
      'inputs of different size side by side',
      network([input(4), pool('a', 'image'), { kind: 'concat', name: 'b', inputs: ['image', 'a'] }], 'b'),
      "'b' concatenates 4×4, 3×3",
    ],
    [
      'nothing side by side',
      network([input(4), { kind: 'concat', name: 'b', inputs: [] }], 'b'),
      'concatenates nothing',
    ],
  ])('%s', (_, bad, message) => {
    expect(() => inferShapes(bad)).toThrow(RangeError);
    expect(() => inferShapes(bad)).toThrow(message);
  });
});
