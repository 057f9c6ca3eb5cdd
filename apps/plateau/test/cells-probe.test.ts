import { foamSource } from '@plateau/foam';
import { collect, sliceBatch } from '@plateau/images';
import { describe, expect, it } from 'vitest';
import { CellsProbe } from '../src/monitor/cells-probe.js';

describe('CellsProbe', () => {
  it('tells the share of invalid images by default, which 19 images of reference can’t', async () => {
    const reference = await collect(foamSource({ className: 'pristine', n: 24, seed: 1, size: 64 }));
    const { data, ...rest } = sliceBatch(reference, 20, 24);
    const blank = { ...rest, data: data.map(() => 90) };
    // Conformal p-values are at least 1 / (n + 1): below 0.05 from n = 20 on.
    for (const [images, invalidShare] of [
      [undefined, 1],
      [19, NaN],
    ] as const) {
      const probe = new CellsProbe({ images });
      probe.prepare(reference);
      expect(probe.measure(blank).values.invalidShare).toBe(invalidShare);
    }
  });
});
