import { estimateNoise } from '../raster/estimate-noise.js';
import { flattenBackground } from '../raster/flatten-background.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { otsuThreshold } from '../raster/otsu.js';
import { maskWhere, requireRaster, type LabelMap, type Mask, type Raster } from '../raster/raster.js';
import { toBytes } from '../raster/to-bytes.js';
import { cellPitch } from './cell-pitch.js';
import { fillBites } from './fill-bites.js';
import { findPolarity } from './find-polarity.js';
import { informationBarHeight } from './information-bar.js';
import { borderLabels, keepRegions, regionAreas } from './keep-regions.js';
import { lineScale, type LineScale } from './line-scale.js';
import { findTerritories } from './find-territories.js';
import { outlineCells } from './outline-cells.js';
import { partCells } from './part-cells.js';
import { segmentLines } from './segment-lines.js';
import { segmentLiquid } from './segment-liquid.js';
import { wallTexture } from './wall-texture.js';
import type { Polarity, Segmentation, SegmentationChoices, WallKind } from './segmentation.js';

/** What may be given instead of being found in the image. */
export interface SegmentOptions {
  readonly polarity?: Polarity;
  readonly walls?: WallKind;
  /** Least area of a cell in pixels; 4 by default. */
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
// Up to here thin lines at the distance of a lattice may still be what there is.
const THIN_LINE_SEPARABILITY = 0.74;
// Standard deviation of a Gaussian as wide as the lines, in pixels, from which on they are bands.
const THIN = 4;
// Otsu's share above which an image has two levels, as a plain cut has; a micrograph of a foam stays below.
const TWO_LEVELS = 0.8;
// Measured on synthetic foam of known geometry, whose rims shine: where walls begin, on the way from cell to rim.
const RIM_SHARE = 0.79;
// Rims rougher than this are broken: the level is lowered as they get rougher, or cells would run into their walls.
// Smooth walls with particles on them reach it hardly ever.
const ROUGH = 0.2;
const LOWER_PER_ROUGHNESS = 4;
const LEAST_RIM_SHARE = 0.6;
const HALF_WAY = 0.5;
const OUTLINE_SMOOTHING = 2.4;
// Flattening over so many line scales leaves the lattice of cells and little that is slower.
const PITCH_WINDOW = 8;

function segmentField(
  image: Raster<ArrayLike<number>>,
  { polarity: givenPolarity, walls: givenWalls, leastArea = 4 }: SegmentOptions,
  informationBar: number,
): Segmentation {
  const { width, height } = image;
  const warnings: string[] = [];
  const noise = estimateNoise(image);
  const denoising = smoothingFor(noise, image);
  const denoised = gaussianBlur(image, denoising);
  const denoisedBytes = toBytes(denoised);
  const raw = otsuThreshold(denoisedBytes);
  if (raw.thresholds.length === 0 || deviation(denoised.data) < Math.max(1, 1.5 * noise * 0.3)) {
    return blank(image, 'the image has no contrast: no cells were looked for', informationBar);
  }
  const backgroundRadius = Math.max(8, Math.round(Math.min(width, height) / 12));
  const flat = flattenBackground(denoised, backgroundRadius);
  const flatBytes = toBytes(flat);
  const flatOtsu = otsuThreshold(flatBytes);
  const isUneven = flatOtsu.separability > raw.separability;
  const even = isUneven ? flat : denoised;
  const bytes: Raster<Uint8Array> = { data: isUneven ? flatBytes : denoisedBytes, width, height };
  const separability = Math.max(flatOtsu.separability, raw.separability);
  const mayBeLines = givenWalls ? givenWalls === 'lines' : separability < THIN_LINE_SEPARABILITY;
  const isOneClass = givenWalls === 'lines' || separability < BAND_SEPARABILITY;
  // Only thin lines are looked for in two classes.
  const lines = mayBeLines ? lineScale(flat, isOneClass ? {} : { coarsest: THIN }) : undefined;
  const hasPitch = lines && (isOneClass || lines.sigma < THIN);
  const pitch = hasPitch ? cellPitch(flattenBackground(denoised, Math.ceil(PITCH_WINDOW * lines.sigma))) : 0;
  const isLines = lines && (isOneClass || isThin(lines, pitch));
  const kind = givenWalls ?? (pitch > 0 && isLines ? 'lines' : 'bands');
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

  if (polarity === 'dark-walls') {
    const liquid = segmentLiquid(image, inverted(even), leastArea);
    if (liquid) {
      const { labels, walls, ...chosen } = liquid;
      const choices: SegmentationChoices = {
        ...common,
        backgroundRadius: isUneven ? backgroundRadius : 0,
        smoothing: denoising,
        ...chosen,
        liquid: true,
      };
      return { labels, walls, choices, warnings: withCount(labels, warnings) };
    }
  }
  const own = asFloats(image);
  const wallsBright = polarity === 'bright-walls' ? own : inverted(own);
  const wideRadius = Math.max(8, Math.round(Math.min(width, height) / 6));
  const { territories, evidence, ...chosen } = findTerritories(
    isUneven ? flattenBackground(wallsBright, wideRadius) : wallsBright,
    leastArea,
    { noise },
  );
  const texture = wallTexture(evidence);
  const roughness = Math.max(0, texture - ROUGH);
  const rimShare =
    separability >= TWO_LEVELS ? HALF_WAY : Math.max(LEAST_RIM_SHARE, RIM_SHARE - LOWER_PER_ROUGHNESS * roughness);
  // Rough walls are smoothed as far as they are rough: their outline would be their texture's.
  const outlineSmoothing = OUTLINE_SMOOTHING * chosen.smoothing * texture;
  const outlined = outlineCells(gaussianBlur(wallsBright, outlineSmoothing), territories, { rimShare });
  // A cut has no particles in front of its walls, and the dents of rough walls are their texture's.
  const hasSmoothWalls = separability < TWO_LEVELS && roughness === 0;
  const filled = hasSmoothWalls ? fillBites(outlined, wallsBright) : outlined;
  const labels = dropSmall(partCells(filled, evidence), leastArea);
  const walls: Mask = { data: new Uint8Array(labels.data.length), width, height };
  for (let i = 0; i < walls.data.length; i++) {
    if (labels.data[i] === 0 && evidence.data[i]! >= 0.5) walls.data[i] = 1;
  }
  const choices: SegmentationChoices = {
    ...common,
    backgroundRadius: isUneven ? wideRadius : 0,
    ...chosen,
    rimShare,
    liquid: false,
  };
  return { labels, walls, choices, warnings: withCount(labels, warnings) };
}

/** A few pixels wide, and far apart beside that. */
function isThin({ sigma }: LineScale, pitch: number): boolean {
  return sigma < THIN && pitch >= 8 * sigma;
}

function linePolarity({ skewness }: LineScale): { polarity: Polarity; ratio: number } {
  return { polarity: skewness >= 0 ? 'dark-walls' : 'bright-walls', ratio: 1 + Math.abs(skewness) };
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

function asFloats({ data, width, height }: Raster<ArrayLike<number>>): Raster {
  return { data: new Float32Array(data), width, height };
}

function inverted({ data, width, height }: Raster): Raster {
  const result = new Float32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = 255 - data[i]!;
  return { data: result, width, height };
}

function deviation(data: ArrayLike<number>): number {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!;
    sum += value;
    squares += value * value;
  }
  return Math.sqrt(Math.max(squares / data.length - (sum / data.length) ** 2, 0));
}

/** Cells that the border cuts may be a quarter as large. */
function dropSmall(labels: LabelMap, leastArea: number): LabelMap {
  const isCut = borderLabels(labels);
  return keepRegions(
    labels,
    Array.from(regionAreas(labels), (area, label) => area >= (isCut[label] ? leastArea / 4 : leastArea)),
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
