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

  it('takes samples with the contrast of the reference turned round for invalid', async () => {
    const reference = await collect(foamSource({ className: 'pristine', n: 24, seed: 1, size: 96 }));
    const { data, ...rest } = sliceBatch(reference, 0, 4);
    const probe = new CellsProbe({});
    probe.prepare(reference);
    expect(probe.measure({ ...rest, data }).values.invalidShare).toBe(0);
    expect(probe.measure({ ...rest, data: data.map((level) => 255 - level) }).values.invalidShare).toBe(1);
  });
});
