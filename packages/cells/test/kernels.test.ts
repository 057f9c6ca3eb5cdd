// The kernels are held against the plain loops that do the same work where WebAssembly is missing.
import {
  gaussianBlur,
  growTerritories,
  hMaxima,
  skeletonize,
  squaredDistance,
  watershed,
  type LabelMap,
  type Mask,
} from '@plateau/cells';
import { RandomState } from '@plateau/numerics';
import { describe, expect, it } from 'vitest';
import { innerPixels } from '../src/raster/inner-pixels.js';
import { halved } from '../src/raster/halved.js';
import { lineCurvature } from '../src/raster/line-curvature.js';
import { plainBlur } from '../src/raster/plain-blur.js';
import { plainBytes } from '../src/raster/plain-bytes.js';
import { plainCrossings } from '../src/raster/plain-crossings.js';
import { plainHalved } from '../src/raster/plain-halved.js';
import { plainLaplacianSquares } from '../src/raster/plain-laplacian.js';
import { plainMajority } from '../src/raster/plain-majority.js';
import { plainSubtraction } from '../src/raster/plain-subtraction.js';
import { plainTouchingPixels } from '../src/raster/plain-touching.js';
import { plainResidualCounts, plainResidualSum } from '../src/raster/plane-residual.js';
import { toBytes } from '../src/raster/to-bytes.js';
import { touchingPixels } from '../src/raster/touching-pixels.js';
import { majority } from '../src/segmentation/majority.js';
import { plainCurvature } from '../src/raster/plain-curvature.js';
import { crossingsByKernel } from '../src/kernels/crossings-kernel.js';
import {
  laplacianSquaresByKernel,
  planeResidualSumByKernel,
  residualCountsByKernel,
} from '../src/kernels/differences-kernel.js';
import { subtractionByKernel } from '../src/kernels/pixels-kernel.js';
import { floodByKernel } from '../src/kernels/flood-kernel.js';
import { rasterKernels } from '../src/kernels/raster-kernels.js';
import { plainFlood } from '../src/raster/plain-flood.js';
import { plainSignedDistance, plainSquaredDistance } from '../src/raster/plain-distance.js';
import { labelRuns } from '../src/raster/pixel-runs.js';
import { plainInnerPixels } from '../src/raster/plain-inner-pixels.js';
import { plainLabelRuns } from '../src/raster/plain-label-runs.js';
import { plainMaxima } from '../src/raster/plain-maxima.js';
import { plainNearestLabels } from '../src/raster/plain-nearest-labels.js';
import { plainSelfProducts } from '../src/raster/plain-self-products.js';
import { plainSkeletonize } from '../src/raster/plain-skeletonize.js';
import { plainWatershed } from '../src/raster/plain-watershed.js';
import { plainThreeByThree } from '../src/raster/plain-three-by-three.js';
import { selfProducts } from '../src/raster/self-products.js';
import { signedSquaredDistance } from '../src/raster/signed-distance.js';
import { dilated, eroded } from '../src/raster/three-by-three.js';

const sizes = [
  [1, 1],
  [1, 7],
  [9, 1],
  [5, 6],
  [64, 33],
  [131, 40],
] as const;

describe.each(sizes)('on %i×%i pixels', (width, height) => {
  it.each([0.4, 1.25, 2, 9])('a blur of σ = %f is the plain one to the last bit', (sigma) => {
    const data = Float32Array.from(new RandomState(7).randn(width * height), (value) => 40 * value + 128);
    const half = Float64Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-0.5 * (k / sigma) ** 2));
    const sum = half.reduce((total, value, k) => total + (k === 0 ? value : 2 * value), 0);
    const kernel = half.map((value) => value / sum);
    expect(gaussianBlur({ data, width, height }, sigma).data).toEqual(plainBlur(data.slice(), width, height, kernel));
  });

  it.each([1, 2, 7])('products with itself shifted, %i rows of them, are the plain ones to the last bit', (rows) => {
    const data = Float32Array.from(new RandomState(4).randn(width * height), (value) => 40 * value);
    const size = { width: 2 ** Math.ceil(Math.log2(width + 1)), height: 2 ** Math.ceil(Math.log2(height + 7)), rows };
    expect(selfProducts({ data, width, height }, size)).toEqual(plainSelfProducts({ data, width, height }, size));
  });

  it('the curvature of lines inside the image is the plain one to the last bit', () => {
    const data = Float32Array.from(new RandomState(5).randn(width * height), (value) => 40 * value);
    const [own, plain] = [lineCurvature({ data, width, height }, 1.7).data, plainCurvature(data, width, height, 1.7)];
    for (let y = 1; y + 1 < height; y++) {
      const [from, to] = [y * width + 1, (y + 1) * width - 1];
      expect(own.subarray(from, to)).toEqual(plain.subarray(from, to));
    }
  });

  it('grey levels, their bytes, halves and differences are the plain ones', () => {
    const levels = new RandomState(6).randn(width * height);
    const data = Float32Array.from(levels, (value, i) => (i % 3 ? 90 * value + 128 : Math.round(90 * value) + 128.5));
    const image = { data, width, height };
    expect(toBytes(image)).toEqual(plainBytes(data));
    expect(halved(image)).toEqual(plainHalved(image));
    const kernels = rasterKernels(data.length)!;
    expect(crossingsByKernel(kernels, image)).toEqual(plainCrossings(image));
    expect(laplacianSquaresByKernel(kernels, image)).toBeCloseTo(plainLaplacianSquares(image), 4);
    const whole = { data: Float32Array.from(toBytes(image)), width, height };
    expect(planeResidualSumByKernel(kernels, whole)).toBe(plainResidualSum(whole));
    expect(residualCountsByKernel(kernels, whole, 512)).toEqual(plainResidualCounts(whole, 512));
    const [rows, plainRows] = [subtractionByKernel(kernels, image), plainSubtraction(image)];
    for (const { above, below, subtract } of [rows, plainRows]) {
      above.set(levels.subarray(0, width));
      below.fill(7.25);
      for (let y = 0; y < height; y++) subtract(y, y / height);
    }
    expect(rows.result()).toEqual(plainRows.result());
  });

  it.each([-3, -2, 0, 1])('distances are the plain ones where pixels above %i deviations lie inside', (level) => {
    const noise = new RandomState(8).randn(width * height);
    const mask: Mask = { data: Uint8Array.from(noise, (value) => (value > level ? 1 : 0)), width, height };
    for (const most of [1, 30, (width + height) ** 2]) {
      expect(squaredDistance(mask, { most }).data).toEqual(plainSquaredDistance(mask, most));
      expect(signedSquaredDistance(mask, { most }).data).toEqual(plainSignedDistance(mask, most));
    }
    expect(eroded(mask).data).toEqual(plainThreeByThree(mask, true));
    expect(dilated(mask).data).toEqual(plainThreeByThree(mask, false));
    const blocks = Int32Array.from(noise, (_, i) => (noise[i - (i % 5)]! > level ? i % 3 : 0));
    expect(labelRuns({ data: blocks, width, height })).toEqual(plainLabelRuns({ data: blocks, width, height }));
    const patches: LabelMap = { ...mask, data: Int32Array.from(mask.data), count: 1 };
    expect(innerPixels(patches)).toEqual(plainInnerPixels(patches));
    const patched = { data: blocks, width, height, count: 2 };
    for (const withCorners of [false, true]) {
      expect(touchingPixels(patched, { withCorners })).toEqual(plainTouchingPixels(patched, withCorners));
    }
    const steps = Int8Array.from(noise, (value) => Math.round(6 * value));
    expect(majority(patched, mask.data, steps)).toEqual(plainMajority(patched, mask.data, steps));
    const cells: LabelMap = { ...mask, data: Int32Array.from(noise, (v, i) => (v > level ? 0 : i + 1)), count: 6000 };
    expectSameTerritories(cells);
    expect(skeletonize(mask)).toEqual(plainSkeletonize(mask));
  });

  it.each([0, 2])('maxima and the watershed are the plain ones of an image smoothed by %i pixels', (smoothing) => {
    const noise = Float32Array.from(new RandomState(6).randn(width * height), (value) => 20 * value);
    const smooth = gaussianBlur({ data: noise, width, height }, smoothing).data;
    const image = { data: Int32Array.from(smooth, (value) => Math.round(value)), width, height };
    const maxima = hMaxima(image, 4, -5);
    expect(maxima).toEqual(plainMaxima(image, 4, -5));
    const [least, greatest] = [Math.min(...image.data), Math.max(...image.data)];
    const mask = Uint8Array.from(image.data, (value) => (value > -9 ? 1 : 0));
    for (const ridges of [true, false]) {
      for (const within of [undefined, mask]) {
        const plain = plainWatershed(image, maxima.data, {
          least,
          count: greatest - least + 1,
          mask: within,
          ridges,
        });
        const own = watershed(image, maxima, within ? { ridges, mask: { ...image, data: within } } : { ridges });
        expect(own.data).toEqual(plain);
      }
    }
  });
});

it.each([1, 3, 12])('a flood of basins %i deep is the plain one', (h) => {
  const [width, height] = [90, 70];
  const data = Int32Array.from(new RandomState(9).randn(width * height), (value) => Math.round(5 * value));
  const options = { least: Math.min(...data), greatest: Math.max(...data), h };
  const own = floodByKernel(rasterKernels(1)!, { data, width, height }, options);
  const plain = plainFlood({ data, width, height }, options);
  // A pixel may have its flood under either of two names of one.
  const rootsOf = ({ labels, parents }: typeof own): Int32Array =>
    labels.map((label) => {
      while (parents[label] !== label) label = parents[label]!;
      return label;
    });
  expect(rootsOf(own)).toEqual(rootsOf(plain));
});

/** Of pixels as near to two cells too. */
function expectSameTerritories(cells: LabelMap): void {
  const { nearest, squared } = plainNearestLabels(cells);
  const { labels, distance } = growTerritories(cells);
  expect(labels.data).toEqual(nearest);
  expect(distance.data).toEqual(Float32Array.from(squared, (value) => Math.sqrt(value)));
}

it('distances of more than 64 pixels, which are searched for otherwise, are the plain ones', () => {
  const [width, height] = [301, 40];
  const mask: Mask = { data: new Uint8Array(width * height).fill(1), width, height };
  const sites = [5, 20 * width + 210, 39 * width + 300];
  for (const i of sites) mask.data[i] = 0;
  const most = (width + height) ** 2;
  expect(squaredDistance(mask).data).toEqual(plainSquaredDistance(mask, most));
  expectSameTerritories({ ...mask, data: Int32Array.from(mask.data, (_, i) => sites.indexOf(i) + 1), count: 3 });
});
