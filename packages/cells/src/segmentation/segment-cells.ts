import { estimateNoise } from '../raster/estimate-noise.js';
import { flattenBackground } from '../raster/flatten-background.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { otsuThreshold } from '../raster/otsu.js';
import { maskWhere, requireRaster, type LabelMap, type Raster } from '../raster/raster.js';
import { cellPitch } from './cell-pitch.js';
import { findPolarity } from './find-polarity.js';
import { informationBarHeight } from './information-bar.js';
import { keepRegions, regionAreas } from './keep-regions.js';
import { lineScale, type LineScale } from './line-scale.js';
import { segmentBands } from './segment-bands.js';
import { segmentLines } from './segment-lines.js';
import type { Polarity, Segmentation, SegmentationChoices, WallKind } from './segmentation.js';
import { solidities } from './solidity.js';

/** What may be given instead of being found in the image. */
export interface SegmentOptions {
  readonly polarity?: Polarity;
  readonly walls?: WallKind;
  /** Least area of a cell in pixels; 9 by default. */
  readonly leastArea?: number;
  /** Looks for an information bar and leaves it out; true by default. */
  readonly findInformationBar?: boolean;
}

/**
 * Finds the cells of a micrograph. Every setting is chosen from the image, and told in `choices`.
 *
 * An image without contrast gives no cells and a warning, not an error.
 * @param image one channel, 0 to 255
 * @throws RangeError when the data does not fit the size or holds a value outside 0 to 255
 * @example segmentCells({ data, width: 512, height: 512 }).labels.count // => the number of cells
 */
export function segmentCells(image: Raster<ArrayLike<number>>, options: SegmentOptions = {}): Segmentation {
  requireRaster('segmentCells', image);
  requireGreyLevels(image.data);
  const bar = options.findInformationBar === false ? 0 : informationBarHeight(image);
  const found = segmentField(topRows(image, image.height - bar), options, bar);
  if (bar === 0) return found;
  const { labels, walls } = found;
  const size = image.width * image.height;
  const data = new Int32Array(size);
  data.set(labels.data);
  const wallData = new Uint8Array(size);
  wallData.set(walls.data);
  return {
    ...found,
    labels: { ...labels, data, height: image.height },
    walls: { ...walls, data: wallData, height: image.height },
    warnings: [...found.warnings, `the lowest ${bar} rows look like an information bar and were left out`],
  };
}

// Below this, the two classes of Otsu's threshold are the two halves of one: 0.64 is what a Gaussian gives.
const BAND_SEPARABILITY = 0.68;
const LEAST_SOLIDITY = 0.85;
// Flattening over so many line scales leaves the lattice of cells and little that is slower.
const PITCH_WINDOW = 8;

function segmentField(
  image: Raster<ArrayLike<number>>,
  { polarity: givenPolarity, walls: givenWalls, leastArea = 9 }: SegmentOptions,
  informationBar: number,
): Segmentation {
  const { width, height } = image;
  const warnings: string[] = [];
  const noise = estimateNoise(image);
  const denoised = gaussianBlur(image, smoothingFor(noise, image));
  const raw = otsuThreshold(toBytes(denoised));
  if (raw.thresholds.length === 0 || deviation(denoised.data) < Math.max(1, 1.5 * noise * 0.3)) {
    return blank(image, 'the image has no contrast: no cells were looked for', informationBar);
  }
  const backgroundRadius = Math.max(8, Math.round(Math.min(width, height) / 12));
  const flat = flattenBackground(denoised, backgroundRadius);
  const flatOtsu = otsuThreshold(toBytes(flat));
  const isUneven = flatOtsu.separability > raw.separability;
  const even = isUneven ? flat : denoised;
  const bytes: Raster<Uint8Array> = { data: toBytes(even), width, height };
  const separability = Math.max(flatOtsu.separability, raw.separability);
  const mayBeLines = givenWalls ? givenWalls === 'lines' : separability < BAND_SEPARABILITY;
  const lines = mayBeLines ? lineScale(flat) : undefined;
  const pitch = lines ? cellPitch(flattenBackground(denoised, Math.ceil(PITCH_WINDOW * lines.sigma))) : 0;
  const kind = givenWalls ?? (pitch > 0 ? 'lines' : 'bands');
  const finding = kind === 'lines' ? linePolarity(lines!) : findPolarity(bytes);
  const polarity = givenPolarity ?? finding.polarity;
  if (!givenPolarity && finding.ratio < 1.2) {
    warnings.push(`whether walls are dark or bright is a guess (${polarity}); give the polarity to be sure`);
  }
  const common = { polarity, walls: kind, separability, pitch, noise, informationBar };

  if (kind === 'lines') {
    const even = flattenBackground(image, backgroundRadius);
    const cellsBright = polarity === 'dark-walls' ? even : inverted(even);
    const { labels, smoothing, h } = segmentLines(cellsBright, { pitch: pitch || 6 * lines!.sigma });
    const kept = dropSmall(labels, leastArea);
    warnings.push('walls are about a pixel wide: their width is limited by the resolution');
    return {
      labels: kept,
      walls: maskWhere(kept, (label) => label === 0),
      choices: { ...common, backgroundRadius, smoothing, h, mergeBelow: 0, liquid: false },
      warnings: withCount(kept, warnings),
    };
  }

  const wallsBright = polarity === 'bright-walls' ? even : inverted(even);
  const wallBytes = toBytes(wallsBright);
  const threshold = otsuThreshold(wallBytes).thresholds[0] ?? 127;
  const levels = classLevels(wallBytes, threshold);
  const settings = { threshold: (levels[0] + levels[1]) / 2, levels, h: 0.75, mergeBelow: 0.4 };
  const bands = segmentBands(wallsBright, settings);
  const { isCell, liquid } = tellLiquid(bands.labels);
  const areas = regionAreas(bands.labels);
  const isKept = isCell.map((cell, label) => cell && areas[label]! >= leastArea);
  const labels = keepRegions(liquid ? bands.territories : bands.labels, isKept);
  const choices: SegmentationChoices = {
    ...common,
    backgroundRadius: isUneven ? backgroundRadius : 0,
    smoothing: smoothingFor(noise, image),
    threshold: settings.threshold,
    h: settings.h,
    mergeBelow: settings.mergeBelow,
    liquid,
  };
  return { labels, walls: bands.walls, choices, warnings: withCount(labels, warnings) };
}

function linePolarity({ skewness }: LineScale): { polarity: Polarity; ratio: number } {
  return { polarity: skewness >= 0 ? 'dark-walls' : 'bright-walls', ratio: 1 + Math.abs(skewness) };
}

/** Liquid is told from cells when concave regions take more of the image than a few run-together cells would. */
function tellLiquid(regions: LabelMap): { isCell: boolean[]; liquid: boolean } {
  const solidity = solidities(regions);
  const areas = regionAreas(regions);
  const isConvex = solidity.map((value) => value >= LEAST_SOLIDITY);
  let concave = 0;
  for (let label = 1; label < areas.length; label++) if (!isConvex[label]) concave += areas[label]!;
  const liquid = concave > 0.08 * regions.data.length;
  return { isCell: isConvex.map((convex, label) => label > 0 && (convex || !liquid)), liquid };
}

function smoothingFor(noise: number, { data }: Raster<ArrayLike<number>>): number {
  const share = noise / Math.max(deviation(data), 1e-9);
  return share < 0.02 ? 0 : share < 0.15 ? 0.5 : share < 0.4 ? 1 : 1.5;
}

function requireGreyLevels(data: ArrayLike<number>): void {
  for (let i = 0; i < data.length; i++) {
    if (!(data[i]! >= 0 && data[i]! <= 255)) {
      throw new RangeError(`segmentCells: pixel ${i} is ${data[i]}, expected 0 to 255; scale the image first`);
    }
  }
}

function topRows({ data, width, height }: Raster<ArrayLike<number>>, rows: number): Raster<ArrayLike<number>> {
  if (rows === height) return { data, width, height };
  return { data: Float32Array.from({ length: rows * width }, (_, i) => data[i]!), width, height: rows };
}

function toBytes({ data }: Raster<ArrayLike<number>>): Uint8Array {
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.min(Math.max(data[i]! + 0.5, 0), 255);
  return bytes;
}

function inverted({ data, width, height }: Raster): Raster {
  return { data: data.map((value) => 255 - value), width, height };
}

function deviation(data: ArrayLike<number>): number {
  let [sum, squares] = [0, 0];
  for (let i = 0; i < data.length; i++) {
    sum += data[i]!;
    squares += data[i]! * data[i]!;
  }
  return Math.sqrt(Math.max(squares / data.length - (sum / data.length) ** 2, 0));
}

/**
 * The grey levels of cells and of walls: the median of the cells, and the upper fifth of the walls, since blurred walls
 * reach their own level only in the middle, and a threshold half-way to their mean would make thin walls too thick.
 */
function classLevels(bytes: Uint8Array, threshold: number): [cell: number, wall: number] {
  const counts = new Int32Array(256);
  for (let i = 0; i < bytes.length; i++) counts[bytes[i]!]!++;
  const level = (from: number, to: number, share: number): number => {
    const total = counts.subarray(from, to).reduce((sum, n) => sum + n, 0);
    let [value, reached] = [from, 0];
    while (value < to - 1 && reached + counts[value]! <= share * total) reached += counts[value++]!;
    return value;
  };
  return [level(0, threshold + 1, 0.5), level(threshold + 1, 256, 0.8)];
}

function dropSmall(labels: LabelMap, leastArea: number): LabelMap {
  const areas = regionAreas(labels);
  return keepRegions(
    labels,
    Array.from(areas, (area) => area >= leastArea),
  );
}

function withCount({ count }: LabelMap, warnings: readonly string[]): string[] {
  if (count === 0) return [...warnings, 'no cell was found'];
  return count === 1 ? [...warnings, 'only one cell was found: statistics over cells say little'] : [...warnings];
}

function blank({ width, height }: Raster<ArrayLike<number>>, warning: string, informationBar: number): Segmentation {
  return {
    labels: { data: new Int32Array(width * height), width, height, count: 0 },
    walls: { data: new Uint8Array(width * height), width, height },
    choices: {
      polarity: 'dark-walls',
      walls: 'bands',
      separability: 0,
      pitch: 0,
      noise: 0,
      backgroundRadius: 0,
      smoothing: 0,
      h: 0,
      mergeBelow: 0,
      liquid: false,
      informationBar,
    },
    warnings: [warning],
  };
}
