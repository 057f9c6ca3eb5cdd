// Required, not imported: the test runner would await the module, which is thenable for ever.
import { createRequire } from 'node:module';
import { foamImage } from '@plateau/foam';
import { labelComponents, measureShapes, regionAreas, squaredDistance, type LabelMap, type Mask } from '@plateau/cells';
import { fromMask, Mask as ImageJsMask } from 'image-js';
import { beforeAll, describe, expect, it } from 'vitest';

interface Mat {
  readonly data32F: Float32Array;
  readonly data32S: Int32Array;
}

/** What is used of OpenCV.js. */
interface OpenCv {
  readonly Mat: new () => Mat;
  readonly CV_8UC1: number;
  readonly CV_32S: number;
  readonly DIST_L2: number;
  readonly DIST_MASK_PRECISE: number;
  matFromArray(rows: number, columns: number, type: number, data: ArrayLike<number>): Mat;
  distanceTransform(from: Mat, to: Mat, kind: number, size: number): void;
  connectedComponents(from: Mat, to: Mat, connectivity: number, type: number): number;
}

const size = 160;
const { truth } = foamImage({ className: 'graphene-high', seed: 9, size, pixelSize: { value: 5, unit: 'um' } });
const cells: LabelMap = { data: truth.labels, width: size, height: size, count: truth.cellCount };
const open: Mask = { data: Uint8Array.from(truth.labels, (label) => (label > 0 ? 1 : 0)), width: size, height: size };

describe('beside OpenCV.js', () => {
  let cv: OpenCv;
  beforeAll(async () => {
    const module = createRequire(import.meta.url)('@techstark/opencv-js') as {
      then(ready: (cv: OpenCv) => void): void;
    };
    // The module stays thenable: awaiting it would never end.
    await new Promise<void>((resolve) => module.then((ready) => ((cv = ready), resolve())));
  });

  it('the squared distance transform is that of distanceTransform, to float32', () => {
    const result = new cv.Mat();
    cv.distanceTransform(cv.matFromArray(size, size, cv.CV_8UC1, open.data), result, cv.DIST_L2, cv.DIST_MASK_PRECISE);
    const own = squaredDistance(open).data;
    expect(own.every((value, i) => Math.abs(Math.sqrt(value) - result.data32F[i]!) < 1e-4)).toBe(true);
  });

  it.each([4, 8] as const)('components of %i neighbours are those of connectedComponents', (connectivity) => {
    const result = new cv.Mat();
    const count = cv.connectedComponents(
      cv.matFromArray(size, size, cv.CV_8UC1, open.data),
      result,
      connectivity,
      cv.CV_32S,
    );
    const own = labelComponents(open, { connectivity });
    expect(own.count).toBe(count - 1);
    const pairs = new Set(Array.from(own.data, (label, i) => `${label} ${result.data32S[i]}`));
    expect(pairs.size).toBe(count);
  });
});

describe('beside image-js', () => {
  it('areas and centroids of regions are those of its regions of interest', () => {
    const mask = new ImageJsMask(size, size, { data: open.data });
    const rois = fromMask(mask, { allowCorners: false }).getRois({ kind: 'white' });
    const own = labelComponents(open, { connectivity: 4 });
    expect(rois.map(({ surface }) => surface).sort((a, b) => a - b)).toEqual(
      Array.from(regionAreas(own).slice(1)).sort((a, b) => a - b),
    );
    const shapes = measureShapes(own);
    for (const roi of rois) {
      const { row, column } = roi.centroid;
      expect(Math.min(...shapes.map(({ x, y }) => Math.hypot(x - column, y - row)))).toBeLessThan(1e-9);
    }
  });
});

it('the foam package and this one mean the same by the area of a cell', () => {
  expect(measureShapes(cells).map(({ area }) => area)).toEqual(truth.cells.map(({ area }) => area));
});
