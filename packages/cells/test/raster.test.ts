import {
  convexHulls,
  estimateNoise,
  flattenBackground,
  fourierTransform,
  gaussianBlur,
  hMaxima,
  labelComponents,
  mergeRegions,
  multiOtsu,
  otsuThreshold,
  polygonArea,
  radialAutocorrelation,
  sharedRidges,
  skeletonize,
  squaredDistance,
  watershed,
  type Mask,
} from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { drawn, maskOf } from './raster.js';
import { lineStrength } from '../src/segmentation/line-strength.js';
import { medianNoise } from '../src/raster/median-noise.js';

function random(seed: number, count: number): Float64Array {
  return Float64Array.from(new RandomState(seed).randn(count));
}

describe('squaredDistance', () => {
  it('is what a search over all pixels finds, on random masks', () => {
    for (let seed = 0; seed < 8; seed++) {
      const [width, height] = [13 + seed, 17 - seed];
      const noise = random(seed, width * height);
      const mask: Mask = { data: Uint8Array.from(noise, (v) => (v > -1.2 ? 1 : 0)), width, height };
      const expected = Array.from(mask.data, (inside, i) => {
        let least = inside ? Infinity : 0;
        mask.data.forEach((other, j) => {
          const [dx, dy] = [(i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)];
          if (!other) least = Math.min(least, dx * dx + dy * dy);
        });
        return least;
      });
      expect(Array.from(squaredDistance(mask).data)).toEqual(expected);
    }
  });

  it('has a value where nothing lies outside', () => {
    expect(squaredDistance(maskOf(3, 2, () => true)).data).toEqual(new Int32Array(6).fill(25));
  });
});

describe('otsuThreshold', () => {
  it('is 2 on the check image of METRICS', () => {
    const image = [0, 0, 1, 3, 5, 0, 1, 4, 3, 4, 1, 2, 5, 4, 1, 2, 4, 5, 2, 1, 4, 5, 1, 0, 0];
    expect(otsuThreshold(image).thresholds).toEqual([2]);
  });

  it('parts two values perfectly and one value not at all', () => {
    expect(otsuThreshold([7, 7, 200])).toEqual({ thresholds: [7], separability: 1 });
    expect(otsuThreshold([7, 7])).toEqual({ thresholds: [], separability: 0 });
  });

  it('finds more classes, and fewer when there are fewer values', () => {
    expect(multiOtsu([1, 1, 2, 50, 51, 52, 200, 201], 3).thresholds).toEqual([2, 52]);
    expect(multiOtsu([1, 9], 4).thresholds).toEqual([1]);
  });

  it('refuses values without a level', () => {
    expect(() => otsuThreshold([])).toThrow(/no values/);
    expect(() => otsuThreshold([1, NaN])).toThrow(/value 1 is NaN, expected 0 to 255/);
    expect(() => multiOtsu([1], 9)).toThrow(/9 classes/);
  });
});

describe('labelComponents', () => {
  const mask = drawn(['#.#.#', '###.#', '...#.', '#....']);

  it('joins corners with 8 neighbours and not with 4', () => {
    expect(labelComponents(mask).count).toBe(2);
    expect(labelComponents(mask, { connectivity: 4 }).count).toBe(4);
  });

  it('numbers components in reading order', () => {
    const { data } = labelComponents(mask, { connectivity: 4 });
    expect(Array.from(data)).toEqual([1, 0, 1, 0, 2, 1, 1, 1, 0, 2, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0]);
  });
});

describe('hMaxima', () => {
  // Two peaks of 9 and 6 with a pass at 4 between them.
  const ridge = { data: Int32Array.of(0, 5, 9, 5, 4, 5, 6, 3), width: 8, height: 1 };

  it('keeps peaks that rise at least h above the pass', () => {
    expect(hMaxima(ridge, 1).count).toBe(2);
    expect(hMaxima(ridge, 3).count).toBe(1);
  });

  it('finds none in a flat image', () => {
    expect(hMaxima({ data: new Int32Array(9).fill(4), width: 3, height: 3 }, 1).count).toBe(0);
  });

  it('refuses h = 0', () => expect(() => hMaxima(ridge, 0)).toThrow(/h is 0, expected more than 0/));
});

describe('watershed', () => {
  it('parts two touching discs of METRICS, r = 20 and 30 px apart, in the middle', () => {
    const discs = maskOf(
      90,
      60,
      (x, y) => (x - 30) ** 2 + (y - 30) ** 2 <= 400 || (x - 60) ** 2 + (y - 30) ** 2 <= 400,
    );
    expect(labelComponents(discs).count).toBe(1);
    const { data } = squaredDistance(discs);
    const distance = { ...discs, data: Int32Array.from(data, (v) => Math.round(16 * Math.sqrt(v))) };
    const markers = hMaxima(distance, 16);
    const negative = { ...distance, data: distance.data.map((v) => -v) };
    const cells = watershed(negative, markers, { mask: discs });
    expect(cells.count).toBe(2);
    const areas = [1, 2].map((label) => cells.data.filter((v) => v === label).length);
    expect(areas[0]).toBe(areas[1]);
    for (let y = 18; y <= 42; y++) expect(cells.data[y * 90 + 45]).toBe(0);
  });

  it('floods the lower basin first and meets at the wall', () => {
    const heights = { data: Int32Array.of(0, 1, 9, 2, 0), width: 5, height: 1 };
    const markers = { data: Int32Array.of(1, 0, 0, 0, 2), width: 5, height: 1, count: 2 };
    expect(Array.from(watershed(heights, markers).data)).toEqual([1, 1, 0, 2, 2]);
    expect(Array.from(watershed(heights, markers, { ridges: false }).data)).toEqual([1, 1, 1, 2, 2]);
  });
});

describe('mergeRegions', () => {
  const labels = { data: Int32Array.of(1, 0, 2, 0, 3, 1, 0, 2, 0, 3, 1, 0, 2, 0, 3), width: 5, height: 3, count: 3 };
  const wall = { data: Float32Array.of(0, 0.1, 0, 1, 0, 0, 0.2, 0, 0.2, 0, 0, 0, 0, 1, 0), width: 5, height: 3 };

  it('finds the shared ridges and what lies on them', () => {
    const found = sharedRidges(labels, wall);
    expect(found.map(({ a, b, length }) => [a, b, length])).toEqual([
      [1, 2, 3],
      [2, 3, 3],
    ]);
    expect(found[0]!.evidence).toBeCloseTo(0.1, 6);
  });

  it('merges over a ridge without a wall, not over a wall with a gap', () => {
    const merged = mergeRegions(labels, wall, { threshold: 0.4 });
    expect(merged.count).toBe(2);
    expect(Array.from(merged.data.subarray(5, 10))).toEqual([1, 1, 1, 0, 2]);
  });
});

describe('skeletonize', () => {
  it('leaves the middle line of a bar and keeps holes', () => {
    const bar = skeletonize(maskOf(20, 9, (x, y) => x > 1 && x < 18 && y > 1 && y < 7));
    expect(bar.data.reduce((a, b) => a + b)).toBeLessThan(16);
    expect(Array.from(bar.data.subarray(4 * 20 + 6, 4 * 20 + 14))).toEqual(new Array(8).fill(1));
    const ring = skeletonize(maskOf(31, 31, (x, y) => Math.abs(Math.hypot(x - 15, y - 15) - 10) < 3));
    const outside = { ...ring, data: ring.data.map((v) => 1 - v) };
    expect(labelComponents(outside, { connectivity: 4 }).count).toBe(2);
  });
});

describe('fourierTransform', () => {
  it.each([8, 12, 7])('equals the definition for %i numbers, and is undone by its inverse', (n) => {
    const [re, im] = [random(1, n), random(2, n)];
    const result = { re: Float64Array.from(re), im: Float64Array.from(im) };
    fourierTransform(result);
    for (let k = 0; k < n; k++) {
      let sum = 0;
      for (let j = 0; j < n; j++) {
        const angle = (-2 * Math.PI * j * k) / n;
        sum += re[j]! * Math.cos(angle) - im[j]! * Math.sin(angle);
      }
      expect(result.re[k]).toBeCloseTo(sum, 10);
    }
    fourierTransform(result, true);
    expect(Math.max(...result.re.map((value, i) => Math.abs(value - re[i]!)))).toBeLessThan(1e-12);
  });
});

describe('radialAutocorrelation', () => {
  it('of a constant is its square, with either border', () => {
    const image = { data: new Float32Array(30).fill(3), width: 6, height: 5 };
    for (const periodic of [true, false]) {
      for (const value of radialAutocorrelation(image, { periodic, reach: 3 })) expect(value).toBeCloseTo(9, 10);
    }
  });
});

describe('filters', () => {
  const noise = { data: Float32Array.from(random(3, 4096), (v) => 5 * v), width: 64, height: 64 };

  it('estimateNoise finds the deviation of noise on a slope', () => {
    const tilted = { ...noise, data: noise.data.map((v, i) => v + 3 * (i % 64)) };
    expect(estimateNoise(tilted)).toBeCloseTo(5, 0);
    expect(estimateNoise({ data: [1], width: 1, height: 1 })).toBe(0);
  });

  it('medianNoise finds it although a third of the image is clipped and edges cross it', () => {
    const busy = noise.data.map((v, i) => (i % 64 < 20 ? 255 : 100 + v + (i % 16 === 0 ? 80 : 0)));
    expect(Math.abs(medianNoise({ ...noise, data: busy }) / 5 - 1)).toBeLessThan(0.15);
    // The mean over all pixels is lowered by those that are clipped.
    expect(estimateNoise({ ...noise, data: busy })).toBeLessThan(4);
    expect(medianNoise({ data: new Float32Array(4096).fill(7), width: 64, height: 64 })).toBe(0);
  });

  it('less than its noise, an image has no lines: what noise gives by itself does not count', () => {
    const line = Float32Array.from(noise.data, (v, i) => 100 + v - (i % 64 === 32 ? 60 : 0));
    const { data } = lineStrength({ ...noise, data: line });
    const [on, off] = [data.filter((_, i) => i % 64 === 32), data.filter((_, i) => Math.abs((i % 64) - 32) > 4)].map(
      (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
    );
    expect(on).toBeGreaterThan(0.7);
    expect(off).toBeLessThan(0.1);
  });

  it('gaussianBlur keeps the mean and the deviation it should have left', () => {
    const { data } = gaussianBlur(noise, 2);
    expect(data.reduce((a, b) => a + b)).toBeCloseTo(
      noise.data.reduce((a, b) => a + b),
      1,
    );
    const deviation = Math.hypot(...data) / 64;
    expect(deviation / 5).toBeCloseTo(1 / (2 * 2 * Math.sqrt(Math.PI)), 1);
  });

  it('flattenBackground takes a slope out and keeps the mean', () => {
    const slope = { data: Float32Array.from({ length: 4096 }, (_, i) => i % 64), width: 64, height: 64 };
    const { data } = flattenBackground(slope, 4);
    expect(data[32 * 64 + 20]! - data[32 * 64 + 40]!).toBeCloseTo(0, 3);
    expect(data[32 * 64 + 32]).toBeCloseTo(31.5, 3);
  });
});

describe('convexHulls', () => {
  it('of an L is its area and the missing triangle', () => {
    const { data, width, height } = drawn(['#..', '#..', '###']);
    const [, hull] = convexHulls({ data: Int32Array.from(data), width, height, count: 1 });
    expect(polygonArea(hull!)).toBe(7);
  });
});
