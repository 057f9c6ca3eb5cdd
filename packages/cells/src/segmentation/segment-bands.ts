import { squaredDistance } from '../raster/distance-transform.js';
import { hMaxima } from '../raster/h-maxima.js';
import { labelComponents } from '../raster/label-components.js';
import { mergeRegions } from '../raster/merge-regions.js';
import type { LabelMap, Mask, Raster } from '../raster/raster.js';
import { watershed } from '../raster/watershed.js';

/** How cells between bands are found. */
export interface BandOptions {
  /** Grey level above which a pixel is wall. */
  readonly threshold: number;
  /** Mean grey levels of cells and walls: what no wall and a whole wall are as evidence. */
  readonly levels: readonly [cell: number, wall: number];
  /** Least rise of the distance, in pixels, that starts a cell. */
  readonly h: number;
  /** Cells are merged where less than this share of wall lies on their shared ridge. */
  readonly mergeBelow: number;
}

/** Cells, before and after they are told from walls. */
export interface BandCells {
  readonly walls: Mask;
  /** Regions grown to the middle of the walls. */
  readonly territories: LabelMap;
  /** The same regions, without the walls. */
  readonly labels: LabelMap;
}

/**
 * Cells parted by walls that a threshold finds: the watershed of the unblurred distance from the walls, grown over the
 * walls by their grey level, so that cells which a thin or broken wall joins are parted, and then merged where no wall is.
 * @param image walls bright
 */
export function segmentBands(image: Raster, { threshold, levels, h, mergeBelow }: BandOptions): BandCells {
  const { data, width, height } = image;
  const open: Mask = { data: new Uint8Array(data.length), width, height };
  const walls: Mask = { data: new Uint8Array(data.length), width, height };
  for (let i = 0; i < data.length; i++) (data[i]! <= threshold ? open : walls).data[i] = 1;
  const distance = scaledDistance(open);
  const maxima = hMaxima(distance, DISTANCE_STEPS * h);
  // Without any wall there is no distance to rise: the whole image is one cell.
  const markers = maxima.count > 0 ? maxima : labelComponents(open);
  const parted = watershed(scaled(distance, -1), markers, { mask: open });
  const grown = watershed(scaled(image, 16), parted);
  const territories = mergeRegions(grown, evidenceOf(image, levels), { threshold: mergeBelow });
  const labels = new Int32Array(data.length);
  for (let i = 0; i < labels.length; i++) if (open.data[i]) labels[i] = territories.data[i]!;
  return { walls, territories, labels: { ...territories, data: labels } };
}

const DISTANCE_STEPS = 16;

function scaledDistance(mask: Mask): Raster<Int32Array> {
  const { data, width, height } = squaredDistance(mask);
  const result = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = Math.floor(DISTANCE_STEPS * Math.sqrt(data[i]!) + 0.5);
  return { data: result, width, height };
}

/** Rounded multiples, halves up. */
function scaled({ data, width, height }: Raster<ArrayLike<number>>, factor: number): Raster<Int32Array> {
  const result = new Int32Array(data.length);
  for (let i = 0; i < result.length; i++) result[i] = Math.floor(factor * data[i]! + 0.5);
  return { data: result, width, height };
}

/** 0 at the level of cells, 1 at that of walls. */
function evidenceOf({ data, width, height }: Raster, [cell, wall]: readonly [number, number]): Raster {
  const evidence = new Float32Array(data.length);
  for (let i = 0; i < evidence.length; i++) evidence[i] = (data[i]! - cell) / (wall - cell);
  return { data: evidence, width, height };
}
