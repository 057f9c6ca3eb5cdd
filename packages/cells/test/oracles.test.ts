// Required, not imported: the test runner would await the module, which is thenable for ever.
import { createRequire } from 'node:module';
import { foamImage } from '@plateau/foam';
import {
  labelComponents,
  measureShapes,
  regionAreas,
  squaredDistance,
  watershed,
  type LabelMap,
  type Mask,
} from '@plateau/cells';
import { fromMask, Image, Mask as ImageJsMask, waterShed } from 'image-js';
import { beforeAll, describe, expect, it } from 'vitest';

interface Mat {
  readonly data32F: Float32Array;
  readonly data32S: Int32Array;
}

/** What is used of OpenCV.js. */
interface OpenCv {
  readonly Mat: new () => Mat;
  readonly CV_8UC1: number;
  readonly CV_8UC3: number;
  readonly CV_32S: number;
  readonly DIST_L2: number;
  readonly DIST_MASK_PRECISE: number;
  matFromArray(rows: number, columns: number, type: number, data: ArrayLike<number>): Mat;
  distanceTransform(from: Mat, to: Mat, kind: number, size: number): void;
  connectedComponents(from: Mat, to: Mat, connectivity: number, type: number): number;
  watershed(image: Mat, markers: Mat): void;
}

const size = 160;
const { truth } = foamImage({ className: 'graphene-high', seed: 9, size, pixelSize: { value: 5, unit: 'um' } });
const cells: LabelMap = { data: truth.labels, width: size, height: size, count: truth.cellCount };
const open: Mask = { data: Uint8Array.from(truth.labels, (label) => (label > 0 ? 1 : 0)), width: size, height: size };

// Pits with a wall around each, between touching cells too: the deepest pixel of each cell is its marker.
const pits: Mask = { ...open, data: open.data.map((inside, i) => (inside && isAlike(i, i + 1, i + size) ? 1 : 0)) };
const depth = squaredDistance(pits).data;
const relief = Int32Array.from(depth, (squared) => (squared === 0 ? 255 : 200 - Math.min(4 * Math.sqrt(squared), 160)));
const deepest = new Int32Array(truth.cellCount + 1).fill(-1);
truth.labels.forEach((label, i) => {
  // OpenCV.js takes the image's frame for a line, and a marker on it for none.
  const [x, y] = [i % size, Math.floor(i / size)];
  if (x === 0 || y === 0 || x === size - 1 || y === size - 1) return;
  if (label > 0 && (deepest[label] === -1 || depth[i]! > depth[deepest[label]!]!)) deepest[label] = i;
});
const markers = new Int32Array(size * size);
deepest.forEach((i, label) => i >= 0 && (markers[i] = label));

function isAlike(...pixels: number[]): boolean {
  return pixels.every((i) => (truth.labels[i] ?? 0) === truth.labels[pixels[0]!]);
}

/** The share of the pits' pixels that have their own cell's label, where they are no line between two floods. */
function agreement(labels: ArrayLike<number>): number {
  let [same, all] = [0, 0];
  truth.labels.forEach((label, i) => {
    if (!pits.data[i] || deepest[label]! < 0 || labels[i]! <= 0) return;
    all++;
    if (labels[i] === label) same++;
  });
  expect(all).toBeGreaterThan(0.75 * pits.data.filter((inside) => inside === 1).length);
  return same / all;
}

it('the watershed of walled pits finds the cells', () => {
  const heights = { data: relief, width: size, height: size };
  const found = watershed(heights, { data: markers, width: size, height: size, count: truth.cellCount });
  expect(agreement(found.data)).toBeGreaterThan(0.999);
});

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

  it('the watershed of walled pits is the same in cells', () => {
    const colours = Uint8Array.from({ length: 3 * size * size }, (_, k) => relief[Math.floor(k / 3)]!);
    const result = cv.matFromArray(size, size, cv.CV_32S, markers);
    cv.watershed(cv.matFromArray(size, size, cv.CV_8UC3, colours), result);
    // It floods by steps of colour, not by height.
    expect(agreement(result.data32S)).toBeGreaterThan(0.99);
  });
});

describe('beside image-js', () => {
  it('the watershed of walled pits is the same in cells', () => {
    const picture = new Image(size, size, { data: Uint8Array.from(relief), colorModel: 'GREY' });
    const seeded = Array.from(deepest.keys()).filter((label) => deepest[label]! >= 0);
    const points = seeded.map((label) => ({ column: deepest[label]! % size, row: Math.floor(deepest[label]! / size) }));
    const map = waterShed(picture, { points }).getMap().data;
    expect(agreement(Array.from(map, (label) => seeded[-label - 1] ?? 0))).toBeGreaterThan(0.999);
  });

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
