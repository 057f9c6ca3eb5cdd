import { wallTexture } from './wall-texture.js';
import type { LabelMap, Raster } from '../raster/raster.js';
import { borderLabels } from './keep-regions.js';
import { regionBorders } from '../raster/region-borders.js';

/** The part of each region that shows no wall; element k is label k. */
export interface OpenRegions {
  /** Whether the region lies at the image's border, which may cut a cell down to a few pixels. */
  readonly isCut: Uint8Array;
  /** Pixels whose evidence for a wall is below ½. */
  readonly areas: Int32Array;
  /** Their mean evidence, each not below −½; 1 where there is none. */
  readonly means: Float64Array;
}

/** Measures how open regions are. */
export function openRegions(regions: LabelMap, { data: evidence }: Raster): OpenRegions {
  const { data, count } = regions;
  const areas = new Int32Array(count + 1);
  const means = new Float64Array(count + 1);
  for (let i = 0; i < data.length; i++) {
    const value = evidence[i]!;
    if (value >= 0.5) continue;
    areas[data[i]!]!++;
    means[data[i]!]! += value > -0.5 ? value : -0.5;
  }
  for (let label = 0; label <= count; label++) means[label] = areas[label]! > 0 ? means[label]! / areas[label]! : 1;
  return { isCut: borderLabels(regions), areas, means };
}

// Of the least area, for a region at the border.
const CUT_SHARE = 0.2;

/**
 * Gives regions that are too small or too shallow to be cells to the neighbour with which they share the weakest border.
 * @param leastArea open pixels that a cell has at least
 * @returns no region at all when none is a cell
 */
export function dropPockets(regions: LabelMap, evidence: Raster, open: OpenRegions, leastArea: number): LabelMap {
  const { data, width, height, count } = regions;
  const shallowest = 0.5 - wallTexture(evidence);
  const isCell = Array.from(
    open.areas,
    (area, label) =>
      label > 0 && area >= (open.isCut[label] ? CUT_SHARE : 1) * leastArea && open.means[label]! < shallowest,
  );
  const neighbours: { to: number; strength: number }[][] = Array.from({ length: count + 1 }, () => []);
  for (const { a, b, length, sum } of regionBorders(regions, evidence)) {
    neighbours[a]!.push({ to: b, strength: sum / length });
    neighbours[b]!.push({ to: a, strength: sum / length });
  }
  const numbers = new Int32Array(count + 1);
  let next = 0;
  for (let label = 1; label <= count; label++) if (isCell[label]) numbers[label] = ++next;
  // From the cells outwards: a pocket among pockets waits until one of them has been given away.
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (let label = 1; label <= count; label++) {
      if (numbers[label] !== 0) continue;
      let weakest = Infinity;
      let owner = 0;
      for (const { to, strength } of neighbours[label]!) {
        if (numbers[to] === 0 || strength >= weakest) continue;
        weakest = strength;
        owner = numbers[to]!;
      }
      if (owner === 0) continue;
      numbers[label] = owner;
      isChanged = true;
    }
  }
  const kept = new Int32Array(data.length);
  for (let i = 0; i < kept.length; i++) kept[i] = numbers[data[i]!]!;
  return { data: kept, width, height, count: next };
}
