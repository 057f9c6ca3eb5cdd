import { squaredDistance } from '../raster/distance-transform.js';
import { hMaxima } from '../raster/h-maxima.js';
import { labelComponents } from '../raster/label-components.js';
import { mergeRegions } from '../raster/merge-regions.js';
import { maskWhere, type LabelMap, type Mask, type Raster } from '../raster/raster.js';
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
  const open = maskWhere(image, (value) => value <= threshold);
  const distance = scaledDistance(open);
  const maxima = hMaxima(distance, DISTANCE_STEPS * h);
  // Without any wall there is no distance to rise: the whole image is one cell.
  const markers = maxima.count > 0 ? maxima : labelComponents(open);
  const depth = { ...distance, data: negated(distance.data) };
  const parted = watershed(depth, markers, { mask: open });
  const heights = { ...image, data: Int32Array.from(image.data, (value) => Math.round(16 * value)) };
  const grown = watershed(heights, parted);
  const [cell, wall] = levels;
  const evidence = { ...image, data: image.data.map((value) => (value - cell) / (wall - cell)) };
  const territories = mergeRegions(grown, evidence, { threshold: mergeBelow });
  const labels = { ...territories, data: territories.data.map((label, i) => (open.data[i] ? label : 0)) };
  return { walls: maskWhere(open, (value) => value === 0), territories, labels };
}

const DISTANCE_STEPS = 16;

function scaledDistance(mask: Mask): Raster<Int32Array> {
  const { data, width, height } = squaredDistance(mask);
  const result = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = Math.round(DISTANCE_STEPS * Math.sqrt(data[i]!));
  return { data: result, width, height };
}

function negated(data: Int32Array): Int32Array {
  const result = new Int32Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = -data[i]!;
  return result;
}
