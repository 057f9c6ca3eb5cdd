import { flattenBackground } from '../raster/flatten-background.js';
import { gaussianBlur } from '../raster/gaussian-blur.js';
import { inverted } from '../raster/inverted.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { dropSmall } from './drop-small.js';
import { fillBites } from './fill-bites.js';
import { findTerritories } from './find-territories.js';
import { outlineCells } from './outline-cells.js';
import { partCells } from './part-cells.js';
import type { Polarity, SegmentationChoices } from './segmentation.js';
import { wallTexture } from './wall-texture.js';

/** What is known of an image whose cells lie between walls of a width. */
export interface WallOptions {
  readonly polarity: Polarity;
  /** Whether the brightness of the whole image slopes. */
  readonly isUneven: boolean;
  /** Whether cells and walls have one level each, as in a plain cut. */
  readonly isEven: boolean;
  /** Standard deviation of the noise in grey levels. */
  readonly noise: number;
  /** Least area of a cell in pixels. */
  readonly leastArea: number;
}

/** Cells between walls, and what was chosen. */
export interface WalledCells extends Pick<
  SegmentationChoices,
  'backgroundRadius' | 'smoothing' | 'threshold' | 'h' | 'mergeBelow' | 'rimShare'
> {
  readonly labels: LabelMap;
  readonly walls: Mask;
}

// Measured on synthetic foam of known geometry, whose rims shine: where walls begin, on the way from cell to rim.
const RIM_SHARE = 0.79;
// Rims rougher than this are broken: the level is lowered as they get rougher, or cells would run into their walls.
// Smooth walls with particles on them reach it hardly ever.
const ROUGH = 0.2;
const LOWER_PER_ROUGHNESS = 4;
const LEAST_RIM_SHARE = 0.6;
const HALF_WAY = 0.5;
const OUTLINE_SMOOTHING = 2.4;

/** Finds cells between walls that have a width: first the territory of each, then its outline. */
export function segmentWalls(
  image: Raster,
  { polarity, isUneven, isEven, noise, leastArea }: WallOptions,
): WalledCells {
  const { width, height } = image;
  const wallsBright = polarity === 'bright-walls' ? image : inverted(image);
  const wideRadius = Math.max(8, Math.round(Math.min(width, height) / 6));
  const { territories, evidence, ...chosen } = findTerritories(
    isUneven ? flattenBackground(wallsBright, wideRadius) : wallsBright,
    leastArea,
    { noise, isEven },
  );
  const texture = wallTexture(evidence);
  const roughness = Math.max(0, texture - ROUGH);
  const rimShare = isEven ? HALF_WAY : Math.max(LEAST_RIM_SHARE, RIM_SHARE - LOWER_PER_ROUGHNESS * roughness);
  // Rough walls are smoothed as far as they are rough: their outline would be their texture's.
  const outlineSmoothing = OUTLINE_SMOOTHING * chosen.smoothing * texture;
  const outlined = outlineCells(gaussianBlur(wallsBright, outlineSmoothing), territories, { rimShare, isEven });
  // A cut has no particles in front of its walls, and the dents of rough walls are their texture's.
  const hasSmoothWalls = !isEven && roughness === 0;
  const filled = hasSmoothWalls ? fillBites(outlined, wallsBright) : outlined;
  const labels = dropSmall(partCells(filled, evidence), leastArea);
  const walls: Mask = { data: new Uint8Array(labels.data.length), width, height };
  for (let i = 0; i < walls.data.length; i++) {
    walls.data[i] = Number(labels.data[i] === 0) & Number(evidence.data[i]! >= 0.5);
  }
  return { labels, walls, backgroundRadius: isUneven ? wideRadius : 0, ...chosen, rimShare };
}
