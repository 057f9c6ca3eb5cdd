import { describe, expect, test } from 'vitest';
import { describeInceptionV3, loadWeights, networkUpTo, type WeightsSource } from '../src/index.js';

const network = networkUpTo(describeInceptionV3({ variant: 'keras' }), 'mixed0');

describe('random weights', () => {
  test('are the same for equal seeds, on every machine', async () => {
    // Computed once; changes only if the generator does.
    const { sha256 } = await loadWeights(network, 'random:7');
    expect(sha256).toBe('47d60f2c110bb5969d1ececcbbdce68c63f71a4fccef15ad5a02ab8e3198a3f9');
  });

  test('differ between seeds', async () => {
    const [seven, eight] = await Promise.all([loadWeights(network, 'random:7'), loadWeights(network, 'random:8')]);
    expect(seven.sha256).not.toBe(eight.sha256);
  });

  test('have filters that sum to zero, with the variance of He et al. raised by π / (π − 1)', async () => {
    const { tensors } = await loadWeights(network, 'random:7');
    const { shape, data } = tensors.get('mixed0.branch3x3dbl_3/kernel')!;
    const filters = shape[3]!;
    const fanIn = data.length / filters;
    const sums = new Float64Array(filters);
    data.forEach((value, i) => (sums[i % filters]! += value));
    expect(Math.max(...sums.map(Math.abs))).toBeLessThan(1e-4);
    const variance = data.reduce((sum, value) => sum + value * value, 0) / data.length;
    expect(variance / ((2 / fanIn) * (Math.PI / (Math.PI - 1)))).toBeCloseTo(1, 2);
  });
});

test.each(['random', 'random:', 'random:-1', 'random:1.5', 'random:4294967296', 'random:x', 'imagenet', ''])(
  "'%s' names no weights",
  async (source) => {
    await expect(loadWeights(network, source as WeightsSource)).rejects.toThrow(
      new RangeError(
        `unknown weights '${source}': expected 'bundled' or 'random:<seed>' with a whole seed from 0 to 4294967295`,
      ),
    );
  },
);
