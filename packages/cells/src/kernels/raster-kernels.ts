import { instantiateWasm, type WasmModule } from '@plateau/numerics/wasm';
import { wasmBinary } from './wasm-binary.js';

/** What the module of packages/cells/assembly exports. Pointers are bytes of its memory. */
export interface RasterKernels extends WasmModule {
  blurRows(
    image: number,
    width: number,
    height: number,
    kernel: number,
    radius: number,
    line: number,
    rows: number,
    stride: number,
  ): void;
  blurColumns(
    image: number,
    width: number,
    height: number,
    kernel: number,
    radius: number,
    sums: number,
    rows: number,
    stride: number,
  ): void;
  columnDistances(mask: number, width: number, height: number, distances: number, far: number): void;
  rowDistances(distances: number, width: number, height: number, most: number, room: number): void;
  columnSteps(mask: number, width: number, height: number, distances: number, far: number): void;
  signedRows(mask: number, distances: number, width: number, height: number, most: number, room: number): void;
  sortByHeight(
    values: number,
    stride: number,
    height: number,
    least: number,
    starts: number,
    levels: number,
    order: number,
  ): void;
  flood(
    order: number,
    count: number,
    values: number,
    labels: number,
    stride: number,
    parents: number,
    depths: number,
    h: number,
  ): number;
  touchingPixels(labels: number, width: number, height: number, corners: number, found: number): number;
  majority(
    labels: number,
    cell: number,
    steps: number,
    width: number,
    height: number,
    shown: number,
    result: number,
  ): void;
  laplacianSquares(image: number, width: number, height: number): number;
  planeResidualSum(image: number, width: number, height: number): number;
  countResiduals(image: number, width: number, height: number, counts: number, most: number, line: number): void;
  crossLevels(image: number, width: number, height: number, notes: number, lines: number): void;
  roundToBytes(values: number, count: number, bytes: number): void;
  halve(image: number, width: number, height: number, result: number): void;
  subtractBetween(row: number, width: number, above: number, below: number, share: number): void;
  innerPixels(labels: number, width: number, height: number, result: number): void;
  labelRuns(
    labels: number,
    width: number,
    height: number,
    starts: number,
    ends: number,
    names: number,
    rows: number,
  ): number;
  threeByThree(mask: number, width: number, height: number, flip: number, rows: number, result: number): void;
  lineCurvature(image: number, width: number, height: number, scale: number, result: number): void;
  setTransform(n: number, cos: number, sin: number, pairs: number, count: number): void;
  transformRows(
    image: number,
    width: number,
    height: number,
    re: number,
    im: number,
    stride: number,
    line: number,
  ): void;
  multiplyColumns(re: number, im: number, stride: number, rows: number, lines: number): void;
  invertRows(re: number, im: number, stride: number, rows: number, line: number, result: number): void;
  hMaxima(
    image: number,
    width: number,
    height: number,
    step: number,
    floor: number,
    limit: number,
    raised: number,
    queue: number,
    queued: number,
  ): number;
  thin(mask: number, width: number, height: number, field: number, removed: number, dirty: number): void;
  watershed(
    heights: number,
    labels: number,
    mask: number,
    width: number,
    height: number,
    least: number,
    states: number,
    levels: number,
    next: number,
    first: number,
    last: number,
    count: number,
    hasRidges: number,
  ): void;
  columnLabels(labels: number, width: number, height: number, distances: number, far: number): void;
  rowLabels(
    distances: number,
    labels: number,
    width: number,
    height: number,
    most: number,
    squares: number,
    names: number,
    hull: number,
  ): void;
}

let instance: { readonly kernels: RasterKernels | undefined } | undefined;

// The module's memory grows to what the largest image needs and stays so: 20 bytes a pixel.
const MOST_PIXELS = 2 ** 22;

/**
 * This thread's kernels for an image of so many pixels, compiled on first use: a few kB, which every browser allows on its
 * main thread.
 * @returns undefined for an image of more than 4 million pixels, and where WebAssembly or its SIMD instructions are missing
 */
export function rasterKernels(pixels: number): RasterKernels | undefined {
  if (pixels > MOST_PIXELS) return undefined;
  instance ??= { kernels: instantiateWasm(wasmBinary) };
  return instance.kernels;
}
