import type { SpatialStatistics } from '@plateau/cells';
import { expect, it } from 'vitest';
import { spatialCurve } from '../src/cells/spatial-curves.js';

/** Two functions of an image, at steps of its pixel size; the others are not read here. */
function image(pixelSize: number, twoPointCorrelation: number[], poreSizes: number[]): SpatialStatistics {
  return { unit: 'um', pixelSize, twoPointCorrelation, poreSizes } as unknown as SpatialStatistics;
}

it('averages over images of two pixel sizes at the first one’s steps', () => {
  const curve = spatialCurve(
    [image(2, [0.8, 0.6, 0.4], []), image(1, [0.6, 0.5, 0.4, 0.3], [])],
    'twoPointCorrelation',
  );
  // The second ends at 3 µm, between the first one's steps of 2 µm.
  expect(curve.map(({ length }) => length)).toEqual([0, 2]);
  expect(curve.map(({ mean }) => mean)).toEqual([0.7, 0.5]);
  expect(curve[0]).toMatchObject({ low: 0.6, high: 0.8 });
});

it('leaves images out that are too small for most lengths', () => {
  const curve = spatialCurve([image(1, [0.5], []), image(1, [0.7, 0.5, 0.4], [])], 'twoPointCorrelation');
  expect(curve.map(({ mean }) => mean)).toEqual([0.7, 0.5, 0.4]);
});

it('takes shares for 0 beyond the greatest length of an image', () => {
  const curve = spatialCurve([image(1, [], [1, 1, 0.5]), image(1, [], [1])], 'poreSizes');
  expect(curve.map(({ mean }) => mean)).toEqual([1, 0.5, 0.25]);
});
