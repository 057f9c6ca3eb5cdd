import { measureCells, segmentCells, type Raster } from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { expect, it } from 'vitest';

/** Bright walls on dark cells under noise, 128×128. */
function image(isWall: (x: number, y: number) => boolean): Raster {
  const noise = new RandomState(4).randn(128 * 128);
  const data = Float32Array.from(noise, (z, i) => (isWall(i % 128, Math.floor(i / 128)) ? 200 : 60) + 6 * z);
  return { data, width: 128, height: 128 };
}

it('finds one cell among nothing else, though noise has the longest contour by far', () => {
  const { labels, walls } = segmentCells(image((x, y) => Math.abs(Math.hypot(x - 64, y - 64) - 40) < 4));
  // The ring's inside, and what lies around it.
  expect(labels.count).toBe(2);
  const { cells, image: statistics } = measureCells(labels, { walls });
  // The wall between them goes all around, and has no straight middle.
  expect(Math.abs(statistics.wallWidth - 8)).toBeLessThan(0.6);
  const inside = cells.filter(({ touchesBorder }) => !touchesBorder);
  expect(inside).toHaveLength(1);
  expect(inside[0]!.equivalentDiameter).toBeGreaterThan(70);
  expect(inside[0]!.equivalentDiameter).toBeLessThan(74);
});

it('finds four cells that all touch the border, and says that their sizes are unknown', () => {
  const { labels } = segmentCells(image((x, y) => Math.abs(x - 64) < 4 || Math.abs(y - 64) < 4));
  expect(labels.count).toBe(4);
  const { cellCountCorrected, equivalentDiameter, warnings } = measureCells(labels).image;
  expect([cellCountCorrected, equivalentDiameter]).toEqual([2, NaN]);
  expect(warnings.join()).toMatch(/every cell touches the border/);
});
