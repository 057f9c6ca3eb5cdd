// What tools/fixtures/cells-scikit-image.py had scikit-image, scipy and numpy say of three label maps.
import { readFileSync } from 'node:fs';
import {
  eulerNumber,
  hMaxima,
  linealPath,
  localThickness,
  maskWhere,
  measureShapes,
  squaredDistance,
  twoPointCorrelation,
  watershed,
  type LabelMap,
  type Raster,
} from '@plateau/cells';
import { decodeImage } from '@plateau/images';
import { describe, expect, it } from 'vitest';

interface Golden {
  readonly shapes: readonly Record<
    | 'label'
    | 'area'
    | 'x'
    | 'y'
    | 'perimeter'
    | 'perimeterCrofton'
    | 'majorAxis'
    | 'minorAxis'
    | 'orientation'
    | 'feretMax'
    | 'solidity',
    number
  >[];
  readonly eulerNumber: { readonly 4: number; readonly 8: number };
  readonly localThickness: Readonly<Record<string, number>>;
  readonly twoPoint: readonly number[];
  readonly twoPointPeriodic: readonly number[];
  readonly linealPath: readonly number[];
}

const folder = new URL('../../../test-fixtures/cells/', import.meta.url);
const goldens = JSON.parse(readFileSync(new URL('scikit-image.json', folder), 'utf8')) as Record<string, Golden>;

async function readPng(name: string): Promise<LabelMap> {
  const { data, width, height } = await decodeImage(readFileSync(new URL(`${name}.png`, folder)));
  const labels = Int32Array.from(data);
  return { data: labels, width, height, count: labels.reduce((most, label) => Math.max(most, label), 0) };
}

describe.each(Object.entries(goldens))('%s', async (name, golden) => {
  const labels = await readPng(`${name}-labels`);
  const mask = maskWhere(labels, (label) => label > 0);

  it('regions are measured as regionprops does', () => {
    const shapes = measureShapes(labels);
    expect(shapes).toHaveLength(golden.shapes.length);
    for (const expected of golden.shapes) {
      const shape = shapes[expected.label - 1]!;
      expect(shape.area).toBe(expected.area);
      for (const key of ['x', 'y', 'majorAxis', 'minorAxis'] as const) expect(shape[key]).toBeCloseTo(expected[key], 7);
      expect(shape.perimeterBenkridCrookes).toBeCloseTo(expected.perimeter, 8);
      expect(shape.perimeter).toBeCloseTo(expected.perimeterCrofton, 8);
      // Its hull is one of whole pixels and goes through the middles of their sides; ours goes through their corners.
      expect(Math.abs(shape.feretMax - expected.feretMax)).toBeLessThan(1);
      expect(Math.abs(shape.solidity - expected.solidity)).toBeLessThan(expected.area > 50 ? 0.08 : 0.25);
      // Regions as long as wide have no orientation.
      if (expected.majorAxis - expected.minorAxis < 1e-9) continue;
      // From skimage's angle to the rows' axis to ours from the x axis, both modulo 180°.
      const degrees = (expected.orientation * 180) / Math.PI + 90;
      expect(Math.abs(Math.sin(((degrees - shape.orientation) * Math.PI) / 180))).toBeLessThan(1e-7);
    }
  });

  it('squared distances are those of distance_transform_edt', async () => {
    expect(squaredDistance(mask).data).toEqual((await readPng(`${name}-distance`)).data);
  });

  it('Euler numbers are those of euler_number', () => {
    expect(eulerNumber(mask)).toBe(golden.eulerNumber[8]);
  });

  it('h-maxima are those of h_maxima', async () => {
    // In whole numbers, more than 4 is 5 or more; a floor below 0 lets the outside be the foot of all.
    const maxima = hMaxima(squaredDistance(mask), 4, -1);
    const tops = await readPng(`${name}-markers`);
    const held = new Set<number>();
    tops.data.forEach((top, i) => {
      if (top === 0) return;
      // Ours are whole summits, skimage's their highest pixels.
      expect(maxima.data[i]).toBeGreaterThan(0);
      held.add(maxima.data[i]!);
    });
    expect(held.size).toBe(maxima.count);
  });

  it('the watershed from given markers is skimage’s', async () => {
    const { data, width, height } = squaredDistance(mask);
    const depth: Raster<Int32Array> = { data: data.map((value) => -value), width, height };
    const markers = await readPng(`${name}-markers`);
    const flooded = watershed(depth, markers, { mask, ridges: false }).data;
    const expected = (await readPng(`${name}-watershed`)).data;
    const equal = flooded.reduce((sum, label, i) => sum + (label === expected[i] ? 1 : 0), 0);
    // Where two floods of one height meet, who comes first is the implementation's.
    expect(equal / flooded.length).toBeGreaterThan(0.99);
    expect(flooded.map((label) => Math.min(label, 1))).toEqual(expected.map((label) => Math.min(label, 1)));
  });

  it('local thickness is that of openings by discs', () => {
    const counts: Record<string, number> = {};
    for (const d of localThickness(mask).data) if (d > 0) counts[d] = (counts[d] ?? 0) + 1;
    expect(counts).toEqual(golden.localThickness);
  });

  it('two-point correlations are those of numpy’s FFT, the lineal path that of sliding windows', () => {
    const close = (found: Float64Array, expected: readonly number[]): void => {
      expected.forEach((value, r) => expect(found[r]).toBeCloseTo(value, 10));
    };
    close(twoPointCorrelation(mask, { reach: 16 }), golden.twoPoint);
    close(twoPointCorrelation(mask, { reach: 16, periodic: true }), golden.twoPointPeriodic);
    close(linealPath(mask), golden.linealPath);
  });
});
