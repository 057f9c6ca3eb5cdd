import type { Length } from '@plateau/images';
import { maskWhere, type LabelMap } from '../raster/raster.js';
import { measureChords } from '../statistics/chords.js';
import { requirePixelSize } from '../statistics/pixel-scale.js';
import { linealPath } from './lineal-path.js';
import { localThickness } from './local-thickness.js';
import { twoPointCorrelation } from './two-point-correlation.js';

/** Functions of a length: element k is the value at k pixels. */
export const SPATIAL_FUNCTIONS = [
  'twoPointCorrelation',
  'linealPath',
  'chordLengths',
  'poreSizes',
  'wallThicknesses',
] as const;

/** One of {@link SPATIAL_FUNCTIONS}. */
export type SpatialFunction = (typeof SPATIAL_FUNCTIONS)[number];

/** How cells and walls fill the plane; element k of each function is its value at k times `pixelSize`. */
export interface SpatialStatistics extends Readonly<Record<SpatialFunction, readonly number[]>> {
  readonly unit: Length['unit'];
  /** The step of all functions. */
  readonly pixelSize: number;
  /** The chance that both ends of a stick, thrown anyhow, lie in cells. */
  readonly twoPointCorrelation: readonly number[];
  /** The chance that a stick along a row or column lies wholly in cells. */
  readonly linealPath: readonly number[];
  /** The share of chords through single cells that are at least so long. */
  readonly chordLengths: readonly number[];
  /** The share of the cells' area where the largest disc that fits in them and covers the place is at least so wide. */
  readonly poreSizes: readonly number[];
  /** The same of what is no cell. */
  readonly wallThicknesses: readonly number[];
  /** Mean diameter of those discs over the cells' and the walls' area. */
  readonly poreSize: number;
  readonly wallThickness: number;
  /** Where the two-point correlation has fallen to 1/e of its way to the square of the porosity; NaN where it never does. */
  readonly correlationLength: number;
}

/**
 * Spatial statistics of the cells of a label map (Torquato 2002): no single number of them is a cell's own.
 * @param labels 0 for wall
 * @throws RangeError when the pixel size can't be
 * @example measureSpatial(labels, { pixelSize: { value: 4, unit: 'um' } }).poreSize // => in µm
 */
export function measureSpatial(
  labels: LabelMap,
  { pixelSize = { value: 1, unit: 'px' } }: { readonly pixelSize?: Length } = {},
): SpatialStatistics {
  const { value: scale, unit } = requirePixelSize(pixelSize);
  const cells = maskWhere(labels, (label) => label > 0);
  const walls = maskWhere(labels, (label) => label === 0);
  const correlation = Array.from(twoPointCorrelation(cells));
  const [pores, thicknesses] = [localThickness(cells).data, localThickness(walls).data];
  return {
    unit,
    pixelSize: scale,
    twoPointCorrelation: correlation,
    linealPath: Array.from(linealPath(cells)).slice(0, correlation.length),
    chordLengths: sharesAtLeast(measureChords(labels).histogram),
    poreSizes: sharesAtLeast(histogramOf(pores)),
    wallThicknesses: sharesAtLeast(histogramOf(thicknesses)),
    poreSize: meanOf(pores) * scale,
    wallThickness: meanOf(thicknesses) * scale,
    correlationLength: fallLength(correlation) * scale,
  };
}

/** Without the 0, which is outside the phase. */
function histogramOf(diameters: Float32Array): Float64Array {
  const counts = new Float64Array(diameters.reduce((most, d) => Math.max(most, d), 0) + 1);
  for (const diameter of diameters) if (diameter > 0) counts[diameter]!++;
  return counts;
}

/** From counts of whole lengths to the share at or above each, up to the greatest there is; empty for none. */
function sharesAtLeast(counts: Float64Array): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0);
  const shares: number[] = [];
  let above = total;
  for (let k = 0; k < counts.length && above > 0; k++) {
    shares.push(above / total);
    above -= counts[k]!;
  }
  return shares;
}

function meanOf(diameters: Float32Array): number {
  let [sum, n] = [0, 0];
  for (const diameter of diameters) {
    if (diameter === 0) continue;
    sum += diameter;
    n++;
  }
  return n > 0 ? sum / n : NaN;
}

/** In pixels, linear between whole ones. */
function fallLength(correlation: readonly number[]): number {
  const share = correlation[0] ?? NaN;
  const level = share * share + (share - share * share) / Math.E;
  const after = correlation.findIndex((value) => value < level);
  if (after < 1) return NaN;
  const [high, low] = [correlation[after - 1]!, correlation[after]!];
  return after - 1 + (high - level) / (high - low);
}
