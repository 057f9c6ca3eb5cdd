import { readFileSync } from 'node:fs';
import { measureShapes } from '@plateau/cells';
import { expect, it } from 'vitest';

type Golden = Record<
  'label' | 'area' | 'x' | 'y' | 'perimeter' | 'perimeterCrofton' | 'majorAxis' | 'minorAxis' | 'orientation',
  number
>;
const path = new URL('../../../test-fixtures/cells/regionprops.json', import.meta.url);
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden[];

/** The regions that test-fixtures/cells/regionprops.py draws. */
function labelAt(x: number, y: number): number {
  if (x >= 5 && x < 9 && y >= 40 && y < 58) return 4;
  if (x >= 70 && y >= 40) return 3;
  if (Math.abs(x - 55 + (y - 22)) <= 14 && Math.abs(x - 55 - (y - 22)) <= 26) return 2;
  return (x - 20) ** 2 / 144 + (y - 20) ** 2 / 49 <= 1 ? 1 : 0;
}

it.each(golden)('region $label is measured as skimage.measure.regionprops does', (expected) => {
  const data = Int32Array.from({ length: 90 * 60 }, (_, i) => labelAt(i % 90, Math.floor(i / 90)));
  const shape = measureShapes({ data, width: 90, height: 60, count: 4 })[expected.label - 1]!;
  expect(shape.area).toBe(expected.area);
  for (const key of ['x', 'y', 'majorAxis', 'minorAxis'] as const) expect(shape[key]).toBeCloseTo(expected[key], 8);
  expect(shape.perimeterBenkridCrookes).toBeCloseTo(expected.perimeter, 8);
  expect(shape.perimeter).toBeCloseTo(expected.perimeterCrofton, 8);
  // A square has no orientation.
  if (expected.majorAxis - expected.minorAxis < 1e-9) return;
  // From skimage's angle to the rows' axis to ours from the x axis, both modulo 180°.
  const degrees = (expected.orientation * 180) / Math.PI + 90;
  expect(Math.abs(Math.sin(((degrees - shape.orientation) * Math.PI) / 180))).toBeLessThan(1e-8);
});
