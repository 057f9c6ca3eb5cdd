import { squaredDistance } from '../raster/distance-transform.js';
import { floodBasins } from '../raster/flood-basins.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { halved } from '../raster/halved.js';
import { mergeBasins } from '../raster/merge-basins.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { signedSquaredDistance } from '../raster/signed-distance.js';
import { contourLevel } from './contour-level.js';
import { dropPockets, openRegions } from './drop-pockets.js';

/** The image shared out among its cells, and what was chosen for that. */
export interface FoundTerritories {
  /** Each pixel belongs to one cell: borders run along the middle of the walls, and across gaps in them. */
  readonly territories: LabelMap;
  /** 0 where the smoothed image shows a cell, 1 where it shows wall, linear between and beyond. */
  readonly evidence: Raster;
  /** Standard deviation of the Gaussian that texture and noise were smoothed with. */
  readonly smoothing: number;
  /** Grey level half-way between cell and wall. */
  readonly threshold: number;
  readonly h: number;
  readonly mergeBelow: number;
}

const H = 0.25;
const MERGE_BELOW = 0.6;
const LEAST_SMOOTHING = 0.7;
const SMOOTHING_PER_WALL = 0.13;
// Walls without texture are smoothed by less, as far as noise leaves so much of their contrast: a pixel beside the border
// of a cell of a few pixels is not lost then.
const EVEN_SHARE = 0.65;
const LEAST_EVEN_SMOOTHING = 0.5;
const NOISE_LEFT = 0.075;
const HALF_SMOOTHING = 1.4;
const MOST_ROUNDS = 4;
const STEPS = 64;
// Weight of the logarithm of the distance: a cell with a neck of three quarters of its width is two.
const DISTANCE_WEIGHT = 0.4;

/**
 * Finds where cells are, not yet where their walls begin: basins of the wall evidence, deepened by the logarithm of the
 * distance from the walls so that cells which a gap joins are parted, merged where the border shows no wall.
 *
 * The image is smoothed at a scale that follows the walls' width, and more as long as a third of all basins are so small
 * that they must be texture.
 * @param image walls bright, evenly lit, 0 to 255
 * @param noise its standard deviation in grey levels, whose contours are no edges
 * @param isEven whether cells and walls have one level each
 */
export function findTerritories(
  image: Raster,
  leastArea: number,
  { noise = 0, isEven = false } = {},
): FoundTerritories {
  const half = halved(image);
  const { scale: wallScale, contrast } = findWalls(gaussianBlur(half, 0.4), noiseSlope(noise / 2, 0.4));
  let smoothing = Math.max(LEAST_SMOOTHING, 2 * SMOOTHING_PER_WALL * wallScale);
  if (isEven) {
    // A Gaussian of standard deviation σ leaves 1/(2√π·σ) of white noise.
    const enough = noise / (2 * Math.sqrt(Math.PI) * NOISE_LEFT * contrast);
    smoothing = Math.min(smoothing, Math.max(EVEN_SHARE * smoothing, enough, LEAST_EVEN_SMOOTHING));
  }
  for (let round = 1; ; round++) {
    // What is smoothed so much is in the image of half the size too, which costs a quarter.
    const scale = smoothing >= HALF_SMOOTHING ? 2 : 1;
    const smoothed = gaussianBlur(scale === 2 ? half : image, smoothing / scale);
    const { evidence, threshold } = wallEvidence(smoothed, noiseSlope(noise / scale, smoothing / scale));
    const basins = floodBasins(relief(evidence), Math.round(STEPS * H));
    const merged = mergeBasins(basins, evidence, MERGE_BELOW);
    const open = openRegions(merged, evidence);
    if (round === MOST_ROUNDS || !isMostlyTexture(open.areas)) {
      const least = Math.max(leastArea, 4 * smoothing * smoothing) / (scale * scale);
      const found = { smoothing, threshold, h: H, mergeBelow: MERGE_BELOW };
      const territories = dropPockets(merged, evidence, open, least);
      if (scale === 1) return { territories, evidence, ...found };
      const whole = wallEvidence(gaussianBlur(image, smoothing), noiseSlope(noise, smoothing));
      return { territories: doubled(territories, image), evidence: whole.evidence, ...found };
    }
    smoothing *= 1.3;
  }
}

/** Each label over 2×2 pixels of an image of twice the size; an odd last row or column is repeated. */
function doubled(small: LabelMap, { width, height }: Raster): LabelMap {
  const data = new Int32Array(width * height);
  for (let y = 0, i = 0; y < height; y++) {
    const row = Math.min(y >> 1, small.height - 1) * small.width;
    for (let x = 0; x < width; x++, i++) data[i] = small.data[row + Math.min(x >> 1, small.width - 1)]!;
  }
  return { data, width, height, count: small.count };
}

/** How steep white noise is on average between neighbouring pixels, smoothed with a Gaussian. */
function noiseSlope(noise: number, smoothing: number): number {
  const variance = 1 / Math.max(1, 4 * Math.PI * smoothing * smoothing);
  const step = 2 * variance * (1 - Math.exp(-1 / (4 * smoothing * smoothing)));
  // The mean of Rayleigh's distribution: the slope has two directions.
  return noise * Math.sqrt((Math.PI / 2) * step);
}

function wallEvidence(smoothed: Raster, noiseSlope: number): { evidence: Raster; threshold: number } {
  const { data, width, height } = smoothed;
  const threshold = contourLevel(smoothed, { noiseSlope });
  const contrast = contrastAbove(data, threshold);
  const evidence = new Float32Array(data.length);
  for (let i = 0; i < evidence.length; i++) evidence[i] = 0.5 + (data[i]! - threshold) / contrast;
  return { evidence: { data: evidence, width, height }, threshold };
}

/** From the level of cells to that of walls, as far below the threshold as walls are above it on average; at least 1. */
function contrastAbove(data: Float32Array, threshold: number): number {
  let [sum, n] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    if (value > threshold) {
      sum += value;
      n++;
    }
  }
  return n > 0 ? Math.max(2 * (sum / n - threshold), 1) : 1;
}

/** Evidence, cut off, less the logarithm of the distance from walls in cells, plus half that from cells in walls. */
function relief({ data, width, height }: Raster): Raster<Int32Array> {
  const open = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) open[i] = Number(data[i]! < 0.5);
  const distance = signedSquaredDistance({ data: open, width, height }).data;
  const result = new Int32Array(data.length);
  for (let i = 0; i < result.length; i++) {
    const own = data[i]!;
    const value = own < -0.2 ? -0.2 : own > 1.3 ? 1.3 : own;
    const signed = distance[i]!;
    const squared = signed > 0 ? signed : -signed;
    const depth = squared < DEPTHS.length ? DEPTHS[squared]! : depthOf(squared);
    // Rounds halves up, as Math.round does, which is slower.
    result[i] = Math.floor(STEPS * (signed > 0 ? value - depth : value + 0.5 * depth) + 0.5);
  }
  return { data: result, width, height };
}

/** What a squared distance weighs in the relief. */
function depthOf(squared: number): number {
  return DISTANCE_WEIGHT * Math.log2(Math.sqrt(squared) + 0.5);
}

const DEPTHS = Float64Array.from({ length: 4096 }, (_, squared) => depthOf(squared));

/** About twice the width of the walls, with the corners where they meet (four times the mean depth), and their contrast. */
function findWalls(smoothed: Raster, noiseSlope: number): { scale: number; contrast: number } {
  const { data, width, height } = smoothed;
  const threshold = contourLevel(smoothed, { noiseSlope });
  const wall: Mask = { data: new Uint8Array(data.length), width, height };
  for (let i = 0; i < data.length; i++) if (data[i]! > threshold) wall.data[i] = 1;
  const depth = squaredDistance(wall).data;
  let sum = 0;
  let n = 0;
  for (let i = 0; i < depth.length; i++) {
    if (depth[i] === 0) continue;
    sum += Math.sqrt(depth[i]!);
    n++;
  }
  return { scale: n > 0 ? (4 * sum) / n - 1 : 0, contrast: contrastAbove(data, threshold) };
}

/** Whether more than a third of the regions are smaller than a tenth of the cell that the middle pixel of all lies in. */
function isMostlyTexture(areas: Int32Array): boolean {
  const sorted = areas.slice(1).sort();
  const half = sorted.reduce((sum, area) => sum + area, 0) / 2;
  let [sum, middle] = [0, 0];
  for (const area of sorted) {
    sum += area;
    middle = area;
    if (sum >= half) break;
  }
  let small = 0;
  for (const area of sorted) if (area >= 4 && area < 0.1 * middle) small++;
  return small > 0.35 * sorted.length;
}
