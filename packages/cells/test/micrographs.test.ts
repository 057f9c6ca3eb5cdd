// Real micrographs that people counted, in the data folder beside the checkout: what docs/cells.md says of them must hold.
import { segmentCells } from '@plateau/cells';
import { describe, expect, it } from 'vitest';
import { bubblesOf, cornealCells, countInside } from '../../../tools/cells/annotated-counts.js';
import { readAnnotated } from '../../../tools/cells/data-sets.js';

const corneal = await readAnnotated('corneal', 'images', ['roi', 'markers']);
const bubbles = await readAnnotated('foam_bubbles', 'image', ['interior_mask']);

function meanError(pairs: readonly { expected: number; found: number }[]): number {
  return pairs.reduce((sum, { expected, found }) => sum + Math.abs(found / expected - 1), 0) / pairs.length;
}

// Skipped where the data folder is not beside the checkout.
describe('segmentCells on annotated micrographs', () => {
  it.skipIf(!corneal)('miscounts the cells of corneal tissue by at most 3 %', () => {
    const pairs = corneal!.map(({ image, truth }) => ({
      expected: cornealCells(truth.markers!),
      found: countInside(segmentCells(image).labels, truth.roi!),
    }));
    expect(meanError(pairs)).toBeLessThanOrEqual(0.03);
  });

  it.skipIf(!bubbles)('miscounts the bubbles of liquid foam by at most 10 %, and sees the liquid', () => {
    const found = bubbles!.map(({ image }) => segmentCells(image));
    const pairs = bubbles!.map(({ truth }, k) => ({
      expected: bubblesOf(truth.interior_mask!).count,
      found: found[k]!.labels.count,
    }));
    expect(meanError(pairs)).toBeLessThanOrEqual(0.1);
    expect(found.every(({ choices }) => choices.liquid)).toBe(true);
  });
});
