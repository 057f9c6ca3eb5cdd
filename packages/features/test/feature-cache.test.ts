import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ImageBatch } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { withFeatureCache, type FeatureExtractor } from '../src/index.js';
import { temporaryFolder } from './temporary-folder.js';

/** Gives the sum of each image, and counts its calls. */
function counting(changes: Partial<FeatureExtractor> = {}): FeatureExtractor & { calls: number } {
  return {
    id: 'sum',
    layer: 'pool',
    dimension: 1,
    weightsSha256: 'abc',
    resize: 'clean',
    engine: 'none',
    ...changes,
    calls: 0,
    extract({ data, count }) {
      this.calls++;
      const size = data.length / count;
      const sums = Float32Array.from({ length: count }, (_, i) =>
        Array.from(data.subarray(i * size, (i + 1) * size)).reduce((a, b) => a + b, 0),
      );
      return Promise.resolve({ data: sums, rows: count, cols: 1 });
    },
    dispose() {},
  };
}

const batch = (...pixels: number[]): ImageBatch => ({
  data: Uint8Array.from(pixels),
  count: pixels.length / 2,
  height: 1,
  width: 2,
  channels: 1,
  range: [0, 255],
});

describe('withFeatureCache', () => {
  it('computes a batch once, also for the next process', async () => {
    const folder = await temporaryFolder();
    const [first, second] = [counting(), counting()];
    const expected = { data: Float32Array.of(3, 7), rows: 2, cols: 1 };
    const cached = withFeatureCache(first, { folder });
    expect(await cached.extract(batch(1, 2, 3, 4))).toEqual(expected);
    expect(await cached.extract(batch(1, 2, 3, 4))).toEqual(expected);
    expect(await withFeatureCache(second, { folder }).extract(batch(1, 2, 3, 4))).toEqual(expected);
    expect([first.calls, second.calls]).toEqual([1, 0]);
  });

  it.each<[string, Partial<FeatureExtractor>]>([
    ['weights', { weightsSha256: 'abd' }],
    ['layer', { layer: 'mixed7' }],
    ['resize', { resize: 'none' }],
    ['network', { id: 'other' }],
    ['engine', { engine: 'tfjs-wasm' }],
  ])('is not fooled by another %s', async (_, changes) => {
    const folder = await temporaryFolder();
    await withFeatureCache(counting(), { folder }).extract(batch(1, 2));
    const other = counting(changes);
    await withFeatureCache(other, { folder }).extract(batch(1, 2));
    expect(other.calls).toBe(1);
  });

  it('is not fooled by another pixel, shape or range', async () => {
    const extractor = counting();
    const cached = withFeatureCache(extractor, { folder: await temporaryFolder() });
    await cached.extract(batch(1, 2));
    await cached.extract(batch(1, 3));
    await cached.extract({ ...batch(1, 2), height: 2, width: 1 });
    await cached.extract({ ...batch(1, 2), range: [0, 100] });
    expect(extractor.calls).toBe(4);
  });

  it('computes anew what it cannot read', async () => {
    const folder = await temporaryFolder();
    const extractor = counting();
    const cached = withFeatureCache(extractor, { folder });
    await cached.extract(batch(1, 2));
    const [name] = await readdir(folder);
    await writeFile(join(folder, name!), 'damaged');
    expect((await cached.extract(batch(1, 2))).data).toEqual(Float32Array.of(3));
    expect(extractor.calls).toBe(2);
  });

  it('keeps its folder within bounds', async () => {
    const folder = await temporaryFolder();
    for (let i = 0; i < 5; i++) await withFeatureCache(counting(), { folder, maxBytes: 300 }).extract(batch(i, i));
    // Each file is a header of 128 bytes and a number of 4.
    expect(await readdir(folder)).toHaveLength(2);
  });

  it('refuses bounds that are none', () => {
    expect(() => withFeatureCache(counting(), { maxBytes: -1 })).toThrow(
      'maxBytes is -1, expected a number of 0 or more',
    );
  });
});
