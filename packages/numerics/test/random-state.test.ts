import { describe, expect, test } from 'vitest';
import { RandomState } from '../src/index.js';

// Expected values: METRICS' check values, else numpy 2.4 (numpy.random.RandomState).
describe('RandomState', () => {
  test('randn is the polar method with its cached second value', () => {
    const random = new RandomState(0);
    const values = [random.randn(), random.randn(), random.randn()];
    [1.76405235, 0.40015721, 0.97873798].forEach((expected, i) => expect(values[i]).toBeCloseTo(expected, 8));
  });

  test('permutation', () => {
    expect([...new RandomState(2020).permutation(10)]).toEqual([2, 4, 9, 1, 5, 7, 6, 3, 8, 0]);
  });

  test('a mixed sequence from one seed', () => {
    const random = new RandomState(7);
    expect(Array.from({ length: 8 }, () => random.randint(10))).toEqual([4, 9, 6, 3, 3, 7, 7, 9]);
    expect(random.randint(-5, 1000000)).toBe(712073);
    expect([...random.choice(20, 5)]).toEqual([2, 9, 1, 5, 17]);
    expect([...random.permutation(6)]).toEqual([5, 1, 4, 2, 0, 3]);
    expect([...random.randomSample(2)]).toEqual([0.5484899192360304, 0.9091283748867313]);
    [0.07066062108391007, -1.1071173723386523, 0.7941845245522898].forEach((expected) =>
      expect(random.randn()).toBeCloseTo(expected, 14),
    );
    expect(random.shuffle([1, 2, 3, 4, 5])).toEqual([4, 2, 3, 5, 1]);
    const last = new RandomState(4294967295);
    expect(last.random()).toBe(0.0976320289940138);
    expect(last.randint(0, 2 ** 32)).toBe(3918654476);
  });

  test('sums over many draws, which cross the state’s length often', () => {
    expect(new RandomState(123).randn(100000).reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      131.48201751476648,
      7,
    );
    expect(new RandomState(5).randomSample(100000).reduce((sum, value) => sum + value, 0)).toBeCloseTo(
      50145.12678405765,
      7,
    );
  });

  test('refuses seeds and ranges that numpy refuses', () => {
    for (const seed of [-1, 2 ** 32, 0.5, NaN]) expect(() => new RandomState(seed)).toThrow(RangeError);
    expect(() => new RandomState(0).randint(3, 3)).toThrow('randint needs integers');
    expect(() => new RandomState(0).choice(3, 4)).toThrow('cannot choose 4 different ones of 3');
  });
});
