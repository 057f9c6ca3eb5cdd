import { RandomState, type Matrix } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { calibratedFrechetDistance } from '../src/index.js';
import { bundleBlocks } from '../src/resampling/blocks.js';
import { gaussianFeatures, powerLaw } from './gaussian-features.js';

const D = 128;
const variances = powerLaw(D, 1, 30);

/** Normal features of which a share of the variance is the specimen's: rows of one specimen follow each other. */
function ofSpecimens(sizes: readonly number[], share: number, seed: number): { features: Matrix; labels: string[] } {
  const labels = sizes.flatMap((size, specimen) => new Array<string>(size).fill(`set ${seed}, specimen ${specimen}`));
  const specimens = gaussianFeatures(sizes.length, variances, 2 * seed);
  const { data, rows, cols } = gaussianFeatures(labels.length, variances, 2 * seed + 1);
  let row = 0;
  sizes.forEach((size, specimen) => {
    for (const end = row + size; row < end; row++) {
      for (let k = 0; k < cols; k++) {
        const common = Math.sqrt(share) * specimens.data[specimen * cols + k];
        data[row * cols + k] = common + Math.sqrt(1 - share) * data[row * cols + k];
      }
    }
  });
  return { features: { data, rows, cols }, labels };
}

function both(sizes: readonly number[], share: number, draws = 4) {
  const [x, y] = [ofSpecimens(sizes, share, 1), ofSpecimens(sizes, share, 2)];
  return {
    apart: calibratedFrechetDistance(x.features, y.features, { draws }),
    together: calibratedFrechetDistance(x.features, y.features, {
      draws,
      groups: { reference: x.labels, generated: y.labels },
    }),
  };
}

// Both sets come from one distribution, so the truth is 0.
describe('calibratedFrechetDistance of groups', () => {
  it('takes off what dependent images add, and its interval widens and holds the truth', () => {
    const { apart, together } = both(new Array<number>(30).fill(5), 0.7);
    expect(apart.interval![0]).toBeGreaterThan(0);
    expect(Math.abs(together.value)).toBeLessThan(0.25 * apart.value);
    expect(together.dependence).toBeGreaterThan(0.5 * apart.value);
    expect(together.standardError).toBeGreaterThan(1.5 * apart.standardError!);
    expect(together.interval![0]).toBeLessThan(0);
    expect(together.interval![1]).toBeGreaterThan(0);
  });

  it('changes little where images of one group are independent, and nothing where each is its own', () => {
    const independent = both(new Array<number>(30).fill(5), 0);
    expect(Math.abs(independent.together.value - independent.apart.value)).toBeLessThan(
      2 * independent.apart.standardError!,
    );
    const single = both(new Array<number>(100).fill(1), 0.7);
    expect(single.together).toEqual(single.apart);
  });

  it('does not take the sizes of groups for noise', () => {
    const sizes = Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? 1 : 13));
    const { apart, together } = both(sizes, 0);
    expect(together.standardError).toBeLessThan(2 * apart.standardError!);
  });

  it('says when groups are too few to tell', () => {
    const { together } = both([30, 30, 30, 30], 0.7, 0);
    expect(together.warnings.join()).toMatch(/reference set has 4 groups, too few to tell how much/);
    expect(together.dependence).toBe(0);
  });

  it('refuses groups of both sets and labels that do not fit', () => {
    const { features, labels } = ofSpecimens(new Array<number>(10).fill(4), 0.5, 1);
    const run = (reference: string[], generated: string[]) =>
      calibratedFrechetDistance(features, features, { groups: { reference, generated } });
    expect(() => run(labels, labels)).toThrow(/are in both sets/);
    expect(() => run(labels.slice(1), [])).toThrow(/40 rows and 39 group labels/);
  });
});

describe('bundleBlocks', () => {
  it('makes bundles of nearly equal numbers of rows, each row once', () => {
    let row = 0;
    const blocks = [9, 1, 1, 1, 1, 1, 4, 4, 5].map((size) => Int32Array.from({ length: size }, () => row++));
    const bundles = bundleBlocks(blocks, 3, new RandomState(1));
    expect(bundles.map((bundle) => bundle.length)).toEqual([9, 9, 9]);
    expect(bundles.flatMap((bundle) => Array.from(bundle)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: row }, (_, i) => i),
    );
  });
});
