import { deviation } from '../raster/deviation.js';
import { estimateNoise } from '../raster/estimate-noise.js';
import { flattenBackground } from '../raster/flatten-background.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { inverted } from '../raster/inverted.js';
import { otsuThreshold } from '../raster/otsu.js';
import { removeSpecks } from '../raster/remove-specks.js';
import { maskWhere, requireRaster, type LabelMap, type Raster } from '../raster/raster.js';
import { toBytes } from '../raster/to-bytes.js';
import { blankSegmentation } from './blank-segmentation.js';
import { brightGround } from './bright-ground.js';
import { cellPitch } from './cell-pitch.js';
import { cellSpread } from './cell-spread.js';
import { clippingWarnings } from './clipping-warnings.js';
import { dropSmall } from './drop-small.js';
import { findPolarity } from './find-polarity.js';
import { informationBarHeight } from './information-bar.js';
import { linePolarity } from './line-polarity.js';
import { lineScale } from './line-scale.js';
import { segmentLines } from './segment-lines.js';
import { segmentLiquid } from './segment-liquid.js';
import { segmentWalls } from './segment-walls.js';
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
// An image that has so much of one bright level is no lattice of lines, and one that has less of it shows no liquid: lattices
// measured have 0.1 at most, micrographs with their dark for bright 0.04, and photographs of bubbles in liquid 0.2 to 0.8, except for
// two in grey, which do not have two classes either.
const LEAST_GROUND = 0.2;
// Standard deviation of a Gaussian as wide as the lines, in pixels, from which on they are bands.
const THIN = 4;
// Of the way from cells to walls: cells that spread by less have one level.
const EVEN_SPREAD = 0.22;
// Flattening over so many line scales leaves the lattice of cells and little that is slower.
const PITCH_WINDOW = 8;

function segmentField(
  image: Raster,
  { polarity: givenPolarity, walls: givenWalls, leastArea = 4 }: SegmentOptions,
  informationBar: number,
): Segmentation {
  const { width, height } = image;
  const warnings = clippingWarnings(image.data);
  const noiseWithSpecks = estimateNoise(image);
  const specks = removeSpecks(image, noiseWithSpecks);
  const noise = specks > 0 ? estimateNoise(image) : noiseWithSpecks;
  const denoising = smoothingFor(noise, image);
  const denoised = gaussianBlur(image, denoising);
  const denoisedBytes = toBytes(denoised);
  const raw = otsuThreshold(denoisedBytes);
  const spread = deviation(denoised.data);
  if (raw.thresholds.length === 0 || spread < Math.max(1, 1.5 * noise * 0.3)) {
    return blankSegmentation(image, 'the image has no contrast: no cells were looked for', informationBar);
  }
  const backgroundRadius = Math.max(8, Math.round(Math.min(width, height) / 12));
  const flat = flattenBackground(denoised, backgroundRadius);
  const flatBytes = toBytes(flat);
  const flatOtsu = otsuThreshold(flatBytes);
  const isUneven = flatOtsu.separability > raw.separability;
  const even = isUneven ? flat : denoised;
  const bytes: Raster<Uint8Array> = { data: isUneven ? flatBytes : denoisedBytes, width, height };
  const otsu = isUneven ? flatOtsu : raw;
  const separability = Math.max(flatOtsu.separability, raw.separability);
  const hasGround =
    brightGround(denoisedBytes, spread) >= LEAST_GROUND ||
    (isUneven && brightGround(flatBytes, deviation(flat.data)) >= LEAST_GROUND);
  const mayBeLines = givenWalls ? givenWalls === 'lines' : separability < THIN_LINE_SEPARABILITY && !hasGround;
  const isOneClass = givenWalls === 'lines' || separability < BAND_SEPARABILITY;
  // Only thin lines are looked for in two classes.
  const lines = mayBeLines ? lineScale(flat, isOneClass ? {} : { coarsest: THIN }) : undefined;
  const hasPitch = lines && (isOneClass || lines < THIN);
  const pitch = hasPitch ? cellPitch(flattenBackground(denoised, Math.ceil(PITCH_WINDOW * lines))) : 0;
  const isLines = lines && (isOneClass || isThin(lines, pitch));
  const kind = givenWalls ?? (pitch > 0 && isLines ? 'lines' : 'bands');
  const finding = kind === 'lines' ? linePolarity(flat, lines!) : findPolarity(bytes, otsu);
  const polarity = givenPolarity ?? finding.polarity;
  if (!givenPolarity && finding.ratio < 1.2) {
    warnings.push(`whether walls are dark or bright is a guess (${polarity}); give the polarity to be sure`);
  }
  const common = { polarity, walls: kind, separability, pitch, noise, specks, informationBar };

  if (kind === 'lines') {
    const even = flattenBackground(image, backgroundRadius);
    const cellsBright = polarity === 'dark-walls' ? even : inverted(even);
    const { labels, smoothing, h } = segmentLines(cellsBright, { pitch: pitch || 6 * lines! });
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
    const liquid = segmentLiquid(image, {
      even,
      bytes: bytes.data,
      threshold: otsu.thresholds[0] ?? 127,
      hasGround: hasGround || separability < BAND_SEPARABILITY,
      leastArea,
    });
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
  const isEven = cellSpread(bytes.data, otsu.thresholds[0] ?? 127, polarity) < EVEN_SPREAD;
  const { labels, walls, ...chosen } = segmentWalls(image, { polarity, isUneven, isEven, noise, leastArea });
  return { labels, walls, choices: { ...common, ...chosen, liquid: false }, warnings: withCount(labels, warnings) };
}

/** A few pixels wide, and far apart beside that. */
function isThin(sigma: number, pitch: number): boolean {
  return sigma < THIN && pitch >= 8 * sigma;
}

function smoothingFor(noise: number, { data }: Raster): number {
  const share = noise / Math.max(deviation(data), 1e-9);
  return share < 0.02 ? 0 : share < 0.15 ? 0.5 : share < 0.4 ? 1 : 1.5;
}

function requireGreyLevels(data: ArrayLike<number>): void {
  if (data instanceof Uint8Array || data instanceof Uint8ClampedArray) return;
  for (let i = 0; i < data.length; i++) {
    if (!(data[i]! >= 0 && data[i]! <= 255)) {
      throw new RangeError(`segmentCells: pixel ${i} is ${data[i]}, expected 0 to 255; scale the image first`);
    }
  }
}

/** The upper rows, copied to the numbers that all is reckoned in. */
function topRows({ data, width, height }: Raster<ArrayLike<number>>, rows: number): Raster {
  const top = rows === height ? data : Array.prototype.slice.call(data, 0, rows * width);
  return { data: new Float32Array(top), width, height: rows };
}

function withCount({ count }: LabelMap, warnings: readonly string[]): string[] {
  if (count === 0) return [...warnings, 'no cell was found'];
  return count === 1 ? [...warnings, 'only one cell was found: statistics over cells say little'] : [...warnings];
}
